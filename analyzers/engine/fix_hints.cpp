// SPDX-License-Identifier: Apache-2.0
//
// Proposals to edits; see fix_hints.h.
#include "engine/fix_hints.h"

#include "report/digest.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <clang/Tooling/Core/Replacement.h>
#pragma clang diagnostic pop

namespace proofmark::analyze {
namespace {

struct Proposal {
  const clang::SourceManager& sources;
  const clang::LangOptions& language;
  const std::filesystem::path& directory;
};

// Empty when the edit can be made.
std::string refusal_of(const clang::FixItHint& hint, const clang::SourceManager& sources) {
  const clang::CharSourceRange range = hint.RemoveRange;
  if (range.isInvalid() || hint.InsertFromRange.isValid()) return "Clang proposes more than a replacement";
  if (range.getBegin().isMacroID() || range.getEnd().isMacroID()) return "it lies in a macro";
  const clang::FileID file = sources.getFileID(range.getBegin());
  if (file != sources.getFileID(range.getEnd()) || !sources.getFileEntryRefForID(file))
    return "it lies in more than one file";
  if (sources.isInSystemHeader(range.getBegin())) return "it lies in a system header";
  return "";
}

Edit edit_of(const clang::FixItHint& hint, const Proposal& proposal) {
  const clang::SourceManager& sources = proposal.sources;
  const clang::tooling::Replacement replacement(sources, hint.RemoveRange, hint.CodeToInsert, proposal.language);
  const clang::FileID file = sources.getFileID(hint.RemoveRange.getBegin());
  const llvm::StringRef name = sources.getFileEntryRefForID(file)->getName();
  const llvm::StringRef content = sources.getBufferData(file);
  Edit edit;
  edit.file = (proposal.directory / name.str()).string();
  edit.offset = replacement.getOffset();
  edit.length = replacement.getLength();
  edit.text = replacement.getReplacementText().str();
  edit.sha256 = report::sha256_hex({content.data(), content.size()});
  return edit;
}

}  // namespace

Fix fix_of(const report::Finding& finding, const clang::Diagnostic& info, const clang::LangOptions& language,
           const std::filesystem::path& directory) {
  Fix fix;
  fix.rule = finding.rule;
  fix.message = finding.message;
  fix.where = finding.where;
  const Proposal proposal{info.getSourceManager(), language, directory};
  for (const clang::FixItHint& hint : info.getFixItHints()) {
    fix.refusal = refusal_of(hint, proposal.sources);
    if (!fix.refusal.empty()) break;
    fix.edits.push_back(edit_of(hint, proposal));
  }
  if (!fix.refusal.empty()) fix.edits.clear();
  return fix;
}

}  // namespace proofmark::analyze
