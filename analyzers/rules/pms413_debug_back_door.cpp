// SPDX-License-Identifier: Apache-2.0
//
// PMS413: a check of credentials that answers at once when a debug macro is defined is one flag away from being open. The
// file's tokens are judged, so that a branch which this build leaves out is seen too.
#include <algorithm>

#include "engine/expressions.h"
#include "engine/raw_tokens.h"
#include "engine/source_facts.h"

namespace proofmark::analyze {
namespace {

bool is_check(std::string_view name) {
  return contains_word(name, {"auth", "authenticate", "authenticated", "authorize", "authorized", "login", "logon",
                              "password", "passwd", "credential", "credentials", "verify", "verified", "checkpw"});
}

bool is_debug_macro(std::string_view name) {
  return contains_word(name, {"debug", "debugging", "dbg", "test", "testing", "devel", "development", "backdoor",
                              "factory", "insecure", "bypass", "noauth"}) ||
         (contains_word(name, {"no", "skip", "disable"}) && is_check(name));
}

// One pass over a file: in which function the text is, and under which debug macros.
class Pass {
 public:
  Pass(std::vector<RawToken> tokens, SourceContext& context) : tokens_(std::move(tokens)), context_(context) {}

  void run() {
    for (size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].starts_line && tokens_[i].text == "#") {
        i = directive(i);
        continue;
      }
      follow_braces(i);
      if (depth_ > 0 && is_check(function_) && !macro().empty() && answers(i)) report(i);
    }
  }

 private:
  std::string_view at(size_t i) const { return i < tokens_.size() ? tokens_[i].text : std::string_view(); }

  void follow_braces(size_t i) {
    if (depth_ == 0 && tokens_[i].identifier && at(i + 1) == "(") function_ = tokens_[i].text;
    if (at(i) == "{") ++depth_;
    if (at(i) == "}" && depth_ > 0) --depth_;
  }

  // The last token of the directive that starts at `i`.
  size_t directive(size_t i) {
    size_t end = i + 1;
    while (end < tokens_.size() && !tokens_[end].starts_line) ++end;
    const std::string_view kind = at(i + 1);
    if (kind.starts_with("if")) {
      std::string_view found;
      for (size_t k = i + 2; k < end; ++k)
        if (tokens_[k].identifier && is_debug_macro(tokens_[k].text)) found = tokens_[k].text;
      const bool inverted = kind == "ifndef" || at(i + 2) == "!";
      conditions_.push_back({found, !inverted});
    } else if ((kind == "else" || kind.starts_with("elif")) && !conditions_.empty()) {
      conditions_.back().inside = !conditions_.back().inside;
    } else if (kind == "endif" && !conditions_.empty()) {
      conditions_.pop_back();
    }
    return end - 1;
  }

  std::string_view macro() const {
    for (const Condition& condition : conditions_)
      if (condition.inside && !condition.macro.empty()) return condition.macro;
    return {};
  }

  // "return 1;" and "authenticated = true;"
  bool answers(size_t i) const {
    static constexpr std::string_view kYes[] = {"0", "1", "true", "TRUE"};
    if (at(i) == "return" && at(i + 2) == ";") return is_one_of(at(i + 1), kYes);
    return tokens_[i].identifier && is_check(at(i)) && at(i + 1) == "=" && at(i + 3) == ";" &&
           is_one_of(at(i + 2), kYes);
  }

  void report(size_t i) {
    const bool active =
        context_.preprocessor().getIdentifierInfo({macro().data(), macro().size()})->hasMacroDefinition();
    context_.report(kPms413DebugBackDoor, tokens_[i].where,
                    "'" + std::string(function_) + "' answers without a check when " + std::string(macro()) +
                        " is defined" + (active ? ", as it is in this build" : ""),
                    "remove the branch; tests bring credentials of their own");
  }

  struct Condition {
    std::string_view macro;  // empty: nothing to do with debugging
    bool inside;             // whether the text that follows is there when it is defined
  };

  std::vector<RawToken> tokens_;
  SourceContext& context_;
  std::vector<Condition> conditions_;
  std::string_view function_;
  int depth_ = 0;
};

void on_facts(const SourceFacts& facts, SourceContext& context) {
  for (clang::FileID file : facts.project_files) Pass(raw_tokens(file, context), context).run();
}

}  // namespace

constinit const SourceRule kPms413DebugBackDoor = {
    .info = {"PMS413", "debug-back-door", "No debug macro opens a check of credentials.", report::Level::kShould, 489},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
