// SPDX-License-Identifier: Apache-2.0
//
// Waivers in comments; see source_waivers.h.
#include "engine/source_waivers.h"

#include <algorithm>
#include <map>

#include "engine/raw_tokens.h"
#include "report/waiver_comment.h"

namespace proofmark::analyze {
namespace {

class Collector {
 public:
  Collector(const SourceContext& context, UnitResult& result) : context_(context), result_(result) {}

  void add(const CommentFact& comment) {
    const report::Location where = context_.place(comment.where);
    auto waivers = report::parse_waiver_comment(comment.text);
    if (!waivers) return refuse(where, waivers.error().message);
    const unsigned covers = covered_line(comment);
    if (covers == 0) return refuse(where, "no code follows it");
    for (report::Waiver& waiver : *waivers) {
      waiver.file = where.file;
      waiver.line = where.line;
      waiver.covers = covers;
      result_.waivers.push_back(std::move(waiver));
    }
  }

 private:
  void refuse(const report::Location& where, const std::string& why) {
    const report::Level level = context_.policy().level(report::kWaiverRefused);
    if (level == report::Level::kOff) return;
    report::Finding finding = report::make_finding(report::kWaiverRefused, level, "this waiver covers nothing: " + why);
    finding.where = where;
    finding.hint = "// proofmark: waive(PMS201) owner=\"...\" expires=YYYY-MM-DD reason=\"...\"";
    result_.findings.push_back(std::move(finding));
  }

  // Lines are those of the file itself, since a finding's are, too. 0: there is no code after the comment.
  unsigned covered_line(const CommentFact& comment) {
    const clang::SourceManager& sources = context_.sources();
    const auto [file, begin] = sources.getDecomposedLoc(comment.where);
    const auto [known, added] = tokens_.try_emplace(file);
    if (added) known->second = raw_tokens(file, context_);
    const std::vector<RawToken>& tokens = known->second;
    const auto after = std::ranges::partition_point(
        tokens, [&](const RawToken& token) { return sources.getFileOffset(token.where) < begin; });
    const auto line_of = [&](const RawToken& token) { return sources.getSpellingLineNumber(token.where); };
    const unsigned own = sources.getSpellingLineNumber(comment.where);
    if (after != tokens.begin() && line_of(*(after - 1)) == own) return own;
    return after == tokens.end() ? 0 : line_of(*after);
  }

  const SourceContext& context_;
  UnitResult& result_;
  std::map<clang::FileID, std::vector<RawToken>> tokens_;
};

}  // namespace

void collect_source_waivers(const SourceFacts& facts, const SourceContext& context, UnitResult& result) {
  Collector collector(context, result);
  for (const CommentFact& comment : facts.comments)
    if (report::is_waiver_comment(comment.text)) collector.add(comment);
}

}  // namespace proofmark::analyze
