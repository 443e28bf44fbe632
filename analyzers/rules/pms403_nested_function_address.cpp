// SPDX-License-Identifier: Apache-2.0
//
// PMS403: to take the address of a nested function, GCC writes a piece of code on the stack and makes the stack of the
// whole program executable. Clang refuses nested functions, so the file's tokens are judged, and only where Clang gave up.
#include "engine/raw_tokens.h"
#include "engine/source_facts.h"

namespace proofmark::analyze {
namespace {

using Tokens = std::vector<RawToken>;

bool is_control_word(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "if",   "for",     "while",  "switch",     "return",   "sizeof",   "else",          "do",  "goto",
      "case", "default", "typeof", "__typeof__", "_Alignof", "_Generic", "__attribute__", "asm", "__asm__"};
  return std::ranges::find(kWords, word) != std::end(kWords);
}

// Past the parenthesis that belongs to the one at `open`; the end when there is none.
size_t past_parentheses(const Tokens& tokens, size_t open) {
  int depth = 0;
  for (size_t i = open; i < tokens.size(); ++i) {
    if (tokens[i].text == "(") ++depth;
    if (tokens[i].text == ")" && --depth == 0) return i + 1;
  }
  return tokens.size();
}

// "int name(int a) {": a type before the name tells a definition from a macro that looks like a loop.
bool defines_function(const Tokens& tokens, size_t name) {
  if (name == 0 || name + 1 >= tokens.size() || !tokens[name].identifier || is_control_word(tokens[name].text))
    return false;
  const RawToken& before = tokens[name - 1];
  const bool typed = (before.identifier && !is_control_word(before.text)) || before.text == "*";
  if (!typed || tokens[name + 1].text != "(") return false;
  const size_t body = past_parentheses(tokens, name + 1);
  return body < tokens.size() && tokens[body].text == "{";
}

// Whether the name is used without being called, from `from` to the end of the block around it.
bool address_is_taken(const Tokens& tokens, size_t from, std::string_view name) {
  int depth = 0;
  for (size_t i = from; i + 1 < tokens.size() && depth >= 0; ++i) {
    if (tokens[i].text == "{") ++depth;
    if (tokens[i].text == "}") --depth;
    const bool member = tokens[i - 1].text == "." || tokens[i - 1].text == "->";
    if (tokens[i].text == name && !member && tokens[i + 1].text != "(") return true;
  }
  return false;
}

Tokens without_directives(const Tokens& all) {
  Tokens kept;
  bool directive = false;
  for (const RawToken& token : all) {
    if (token.starts_line) directive = token.text == "#";
    if (!directive) kept.push_back(token);
  }
  return kept;
}

void judge(const Tokens& tokens, SourceContext& context) {
  int depth = 0;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].text == "{") ++depth;
    if (tokens[i].text == "}") --depth;
    if (depth == 0 || !defines_function(tokens, i)) continue;
    const size_t body = past_parentheses(tokens, i + 1);
    if (!address_is_taken(tokens, body, tokens[i].text)) continue;
    context.report(
        kPms403NestedFunctionAddress, tokens[i].where,
        "the address of nested function '" + std::string(tokens[i].text) + "' is taken: GCC makes the stack executable",
        "make it a function of the file, and hand it what it needs as an argument");
  }
}

void on_facts(const SourceFacts& facts, SourceContext& context) {
  if (context.language().CPlusPlus || !context.sources().getDiagnostics().hasUncompilableErrorOccurred()) return;
  for (clang::FileID file : facts.project_files) judge(without_directives(raw_tokens(file, context)), context);
}

}  // namespace

constinit const SourceRule kPms403NestedFunctionAddress = {
    .info = {"PMS403", "nested-function-address", "No address of a nested function is taken.", report::Level::kMust,
             693},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
