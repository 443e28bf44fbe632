// SPDX-License-Identifier: Apache-2.0
//
// PMS304: what a header does to warnings stays in force in the files that include it, unless it stands between push and
// pop. The includer then builds without a warning that its own text never touches.
#include <algorithm>

#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/diagnostic_pragmas.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

struct FileState {
  clang::FileID file;
  std::vector<std::vector<const DiagnosticPragma*>> changes{1};  // by open push; the first is outside any
};

void say(clang::SourceLocation where, std::string what, SourceContext& context) {
  context.report(kPms304UnbalancedPush, where, std::move(what), "put push before it and pop after it, in this header");
}

// A change that no pop of this file takes back.
void judge_end(const FileState& state, SourceContext& context) {
  for (const auto& level : state.changes)
    for (const DiagnosticPragma* change : level)
      say(change->fact->where,
          fmt::format("-W{} stays switched off in every file that includes this header", change->option), context);
}

void apply(const DiagnosticPragma& pragma, FileState& state, SourceContext& context) {
  using Action = DiagnosticPragma::Action;
  if (pragma.action == Action::kPush) state.changes.emplace_back();
  if (pragma.action == Action::kIgnored || pragma.action == Action::kWarning) state.changes.back().push_back(&pragma);
  if (pragma.action != Action::kPop) return;
  if (state.changes.size() > 1) {
    state.changes.pop_back();
  } else {
    say(pragma.fact->where, "pop without push undoes what the including file set up", context);
  }
}

void on_facts(const SourceFacts& facts, SourceContext& context) {
  const clang::SourceManager& sources = context.sources();
  const std::vector<DiagnosticPragma> pragmas = diagnostic_pragmas(facts);
  std::vector<FileState> files;
  for (const DiagnosticPragma& pragma : pragmas) {
    const clang::FileID file = sources.getFileID(sources.getFileLoc(pragma.fact->where));
    if (file == sources.getMainFileID() || (pragma.only_clang && context.for_gcc())) continue;
    auto state = std::ranges::find(files, file, &FileState::file);
    if (state == files.end()) state = files.insert(files.end(), FileState{file});
    apply(pragma, *state, context);
  }
  for (const FileState& state : files) judge_end(state, context);
}

}  // namespace

constinit const SourceRule kPms304UnbalancedPush = {
    .info = {"PMS304", "unbalanced-push", "A header's changes to warnings end with the header.", report::Level::kShould,
             1127},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
