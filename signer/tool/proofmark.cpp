// SPDX-License-Identifier: Apache-2.0
//
// The one command that users type. It only knows which program serves which verb and executes that program from its own
// folder, so that a signing host can install proofmark and proofmark-sign and never see LLVM.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "verbs.h"

namespace {

using proofmark::command::kVerbs;
using proofmark::command::Verb;

constexpr int kExitUsage = 2;
constexpr int kExitCouldNotTell = 3;

void print_usage(std::FILE* out) {
  std::fputs("usage: proofmark VERB [options] [FILE...]\n\n", out);
  for (const Verb& verb : kVerbs) {
    std::fprintf(out, "  %-10.*s %.*s\n", static_cast<int>(verb.name.size()), verb.name.data(),
                 static_cast<int>(verb.summary.size()), verb.summary.data());
  }
  std::fputs("\n'proofmark VERB --help' describes a verb. Exit codes: 0 yes, 1 no, 2 usage, 3 could not tell.\n", out);
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitute = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substitute});
    }
  }
  return row[b.size()];
}

int unknown_verb(std::string_view name) {
  std::fprintf(stderr, "proofmark: error: unknown verb '%.*s'\n", static_cast<int>(name.size()), name.data());
  const auto nearest = std::min_element(kVerbs.begin(), kVerbs.end(), [name](const Verb& a, const Verb& b) {
    return edit_distance(name, a.name) < edit_distance(name, b.name);
  });
  if (edit_distance(name, nearest->name) <= 2) {
    std::fprintf(stderr, "hint: did you mean '%.*s'?\n", static_cast<int>(nearest->name.size()), nearest->name.data());
  } else {
    std::fputs("hint: proofmark --help lists the verbs\n", stderr);
  }
  return kExitUsage;
}

// Replaces this process; returns only when the program cannot be started.
int run(const Verb& verb, char** argv) {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::string program = (self.parent_path() / verb.program).string();
  if (!error) execv(program.c_str(), argv);
  std::fprintf(stderr, "proofmark: error: %s: %s\nhint: the verb '%.*s' needs %s beside proofmark\n", program.c_str(),
               error ? error.message().c_str() : std::strerror(errno), static_cast<int>(verb.name.size()),
               verb.name.data(), verb.program);
  return kExitCouldNotTell;
}

// Prints what there is; `what` there should be otherwise.
int print(const std::optional<std::string>& text, const char* what) {
  if (text) {
    std::fputs(text->c_str(), stdout);
    return 0;
  }
  std::fprintf(stderr, "proofmark: error: %s\n", what);
  return kExitUsage;
}

const Verb* find_verb(std::string_view name) {
  const auto verb = std::find_if(kVerbs.begin(), kVerbs.end(), [name](const Verb& v) { return v.name == name; });
  return verb == kVerbs.end() ? nullptr : &*verb;
}

// The verbs of the table itself.
int run_own(const Verb& verb, int argc, char** argv) {
  const std::string_view word = argc > 2 ? argv[2] : "";
  if (word == "--help") {
    std::printf("%s\nUsage: proofmark %s\n", std::string(verb.summary).c_str(),
                verb.name == "manual" ? "manual [VERB]" : "completion bash|zsh|fish");
    return 0;
  }
  if (verb.name == "completion")
    return print(proofmark::command::completion_script(word), "which shell? (expected bash, zsh or fish)");
  if (word.empty()) return print(proofmark::command::manual_page(), "");
  const Verb* const about = find_verb(word);
  if (about == nullptr) return unknown_verb(word);
  return print(proofmark::command::manual_page(*about), "that verb's program is not beside proofmark");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    print_usage(stderr);
    return kExitUsage;
  }
  const std::string_view name = argv[1];
  if (name == "--help" || name == "-h" || name == "help") {
    print_usage(stdout);
    return 0;
  }
  if (name == "--version") {
    std::puts("proofmark " PROOFMARK_VERSION);
    return 0;
  }
  const Verb* const verb = find_verb(name);
  if (verb == nullptr) return unknown_verb(name);
  return *verb->program == '\0' ? run_own(*verb, argc, argv) : run(*verb, argv);
}
