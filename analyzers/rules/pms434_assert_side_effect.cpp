// SPDX-License-Identifier: Apache-2.0
//
// PMS434: with NDEBUG, assert(x) is nothing at all: what x does is not done, and what it checks is not checked. The
// argument's tokens are judged, since a release build's tree no longer has them.
#include <algorithm>

#include "engine/expressions.h"
#include "engine/source_facts.h"

namespace proofmark::analyze {
namespace {

bool is_write(std::string_view token) {
  static constexpr std::string_view kTokens[] = {
      "=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "++", "--", "<<=", ">>="};
  return is_one_of(token, kTokens);
}

// Calls that change something or that decide something which must be decided in a release too.
bool is_needed_call(std::string_view name) {
  static constexpr std::string_view kCalls[] = {
      "setuid",   "setgid",    "seteuid", "setegid", "setresuid", "setresgid", "setgroups", "chroot",  "prctl",
      "mprotect", "munmap",    "open",    "close",   "read",      "write",     "fopen",     "fclose",  "fread",
      "fwrite",   "malloc",    "calloc",  "realloc", "free",      "unlink",    "rename",    "mkdir",   "chmod",
      "chown",    "fchown",    "ioctl",   "fcntl",   "bind",      "listen",    "accept",    "connect", "send",
      "recv",     "sigaction", "pipe",    "dup2",    "fork",      "waitpid",   "getrandom"};
  return is_one_of(name, kCalls) || name.starts_with("pthread_") || name.starts_with("mbedtls_") ||
         name.starts_with("psa_") || contains_word(name, {"verify", "authenticate", "authorize"});
}

const std::string* effect_in(const std::vector<std::string>& tokens) {
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (is_write(tokens[i])) return &tokens[i];
    if (i + 1 < tokens.size() && tokens[i + 1] == "(" && is_needed_call(tokens[i])) return &tokens[i];
  }
  return nullptr;
}

void on_facts(const SourceFacts& facts, SourceContext& context) {
  const bool released = context.preprocessor().getIdentifierInfo("NDEBUG")->hasMacroDefinition();
  for (const AssertFact& fact : facts.asserts) {
    const std::string* effect = effect_in(fact.tokens);
    if (effect == nullptr) continue;
    context.report(
        kPms434AssertSideEffect, fact.where,
        "'" + *effect + "' inside assert " +
            (released ? "is not done: this unit is compiled with NDEBUG" : "is not done in a build with NDEBUG"),
        "do it before, keep the result, and check the result without assert");
  }
}

}  // namespace

constinit const SourceRule kPms434AssertSideEffect = {
    .info = {"PMS434", "assert-side-effect", "No assert does or checks what a release must do or check.",
             report::Level::kMust, 617},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
