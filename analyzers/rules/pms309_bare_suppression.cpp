// SPDX-License-Identifier: Apache-2.0
//
// PMS309: a comment that silences another analyzer must say why. Proofmark does not obey such comments, but the reader of
// that tool's report never learns that there was something to see.
#include <algorithm>

#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/source_context.h"
#include "engine/source_facts.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

constexpr llvm::StringLiteral kMarks[] = {"NOLINTNEXTLINE",
                                          "NOLINTBEGIN",
                                          "NOLINT",
                                          "coverity[",
                                          "cppcheck-suppress",
                                          "codechecker_suppress",
                                          "codechecker_false_positive",
                                          "codechecker_intentional"};

size_t count_letters(llvm::StringRef text) {
  return static_cast<size_t>(std::ranges::count_if(text, [](char c) { return llvm::isAlpha(c); }));
}

// What is left when the mark, its brackets and, for cppcheck, the name of the check are taken away.
std::string reason_in(llvm::StringRef comment, llvm::StringRef mark) {
  const auto [before, rest] = comment.split(mark);
  llvm::StringRef after = mark.ends_with("[") ? rest.split(']').second : rest;
  if (mark.starts_with("cppcheck")) after = after.ltrim("-filemacroblockbeginend ");
  after = after.ltrim();
  if (after.consume_front("("))
    after = after.split(')').second;
  else if (after.consume_front("["))
    after = after.split(']').second;
  else if (mark.starts_with("cppcheck"))
    after = after.drop_until([](char c) { return llvm::isSpace(c); });
  return before.str() + after.str();
}

const llvm::StringLiteral* mark_in(const CommentFact& comment) {
  for (const llvm::StringLiteral& mark : kMarks)
    if (comment.text.find(mark.data()) != std::string::npos) return &mark;
  return nullptr;
}

bool is_right_below(const CommentFact& comment, const CommentFact& other, const SourceContext& context) {
  const clang::SourceManager& sources = context.sources();
  return sources.getFileID(comment.where) == sources.getFileID(other.where) &&
         sources.getSpellingLineNumber(comment.where) == sources.getSpellingLineNumber(other.where) + 1;
}

void on_facts(const SourceFacts& facts, SourceContext& context) {
  constexpr size_t kLettersOfAReason = 8;
  const CommentFact* previous = nullptr;
  for (const CommentFact& comment : facts.comments) {
    const llvm::StringLiteral* mark = mark_in(comment);
    const bool explained_above =
        previous != nullptr && mark_in(*previous) == nullptr && is_right_below(comment, *previous, context);
    previous = &comment;
    if (mark == nullptr || explained_above || count_letters(reason_in(comment.text, *mark)) >= kLettersOfAReason)
      continue;
    context.report(kPms309BareSuppression, comment.where, fmt::format("{} without a reason", mark->rtrim('[').str()),
                   "write the reason beside it");
  }
}

}  // namespace

constinit const SourceRule kPms309BareSuppression = {
    .info = {"PMS309", "bare-suppression", "A comment that silences an analyzer says why.", report::Level::kShould,
             1127},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
