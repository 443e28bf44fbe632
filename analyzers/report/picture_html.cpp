// SPDX-License-Identifier: Apache-2.0
//
// The page: verdict, coverage, where protection was lost, the matrix, the linked file, and a drill-down per unit. All of
// it is there without the script, which adds the filter, the keys and the choice of theme.
#include <algorithm>

#include <fmt/format.h>

#include "report/html_page.h"
#include "report/picture_writers.h"

namespace proofmark::report {
namespace {

// The folders that the names of all units begin with.
std::string common_folder(const std::vector<JoinedUnit>& units) {
  if (units.empty()) return {};
  std::string_view common = units.front().name;
  for (const JoinedUnit& unit : units) {
    const auto [end, ignored] = std::ranges::mismatch(common, unit.name);
    common = common.substr(0, static_cast<std::size_t>(end - common.begin()));
  }
  return std::string(common.substr(0, common.rfind('/') + 1));
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

class PageWriter {
 public:
  PageWriter(const Picture& picture, const HtmlOptions& options)
      : picture_(picture), prefix_(common_folder(picture.units)), excerpts_(options.source_root) {}

  std::string run() {
    out_ = html_head("Hardening of " + picture_.board);
    put_verdict();
    put_coverage();
    put_losses();
    put_matrix();
    put_linked();
    put_prebuilt();
    put_waived();
    put_units();
    return std::move(out_) +
           html_foot("proofmark-report " PROOFMARK_VERSION ", from layers of check and audit", "unit");
  }

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...);
  }

  void put_verdict() {
    const ExitCode verdict = picture_.verdict();
    const char* const style = verdict == ExitCode::kYes ? "held" : verdict == ExitCode::kNo ? "lost" : "unknown";
    put("<header>\n<p class=\"eyebrow\">Proofmark report</p>\n<h1>Hardening of {}</h1>\n"
        "<p class=\"verdict {}\">{}</p>\n<dl>\n",
        escape_html(picture_.board), style, verdict_sentence(verdict));
    if (picture_.artifact) {
      const Artifact& artifact = *picture_.artifact;
      put_fact("File", fmt::format("{} {}, {} bytes", escape_html(artifact.link), escape_html(artifact.machine),
                                   grouped(artifact.size)));
      put_fact("SHA-256", fmt::format("<code>{}</code>", escape_html(artifact.sha256)));
      put_fact("Build-id",
               artifact.build_id.empty() ? "none" : fmt::format("<code>{}</code>", escape_html(artifact.build_id)));
    }
    put_fact("Policy", fmt::format("{} <code>{}</code>", escape_html(picture_.policy),
                                   escape_html(picture_.policy_sha256.substr(0, 16))));
    put("</dl>\n</header>\n<main>\n");
  }

  void put_fact(std::string_view name, const std::string& html) { put("<div><dt>{}<dd>{}</div>\n", name, html); }

  std::string verdict_sentence(ExitCode verdict) const {
    const auto blocking =
        std::ranges::count_if(picture_.losses, [](const Loss& loss) { return loss.verdict.blocks(); });
    std::string lost = blocking == 0   ? "no loss blocks"
                       : blocking == 1 ? "1 loss blocks"
                                       : fmt::format("{} losses block", blocking);
    const auto rest = picture_.losses.size() - static_cast<std::size_t>(blocking);
    const std::string others = rest == 1 ? "1 loss does not block" : fmt::format("{} losses do not block", rest);
    if (verdict == ExitCode::kCannotTell)
      return fmt::format("<b>Cannot tell</b> {} of the firmware not covered, {}",
                         picture_.unproved.size() == 1 ? "one part" : fmt::format("{} parts", picture_.unproved.size()),
                         lost);
    if (verdict == ExitCode::kNo) return "<b>Protection was lost</b> " + lost;
    return picture_.losses.empty() ? "<b>Nothing was lost</b> every protection is in the file"
                                   : "<b>Nothing that the policy insists on was lost</b> " + others;
  }

  void put_coverage() {
    constexpr std::pair<Coverage, std::string_view> kKinds[] = {{Coverage::kProved, "held"},
                                                                {Coverage::kNotLinked, "na"},
                                                                {Coverage::kFailed, "lost"},
                                                                {Coverage::kNeverAnalysed, "unknown"}};
    constexpr std::string_view kWords[] = {"analysed and in the file", "analysed, not in the file", "failed",
                                           "never analysed"};
    put("<section id=\"coverage\"><h2>Coverage</h2>\n<svg class=\"bar\" viewBox=\"0 0 {} 1\" "
        "preserveAspectRatio=\"none\" aria-hidden=\"true\">",
        std::max<std::size_t>(picture_.units.size(), 1));
    unsigned at = 0;
    for (const auto& [kind, style] : kKinds) {
      const unsigned count = picture_.units_with(kind);
      put("<rect class=\"{}\" x=\"{}\" width=\"{}\" height=\"1\"/>", style, at, count);
      at += count;
    }
    put("</svg>\n<ul class=\"legend\">");
    for (std::size_t i = 0; i < std::size(kKinds); ++i) {
      const unsigned count = picture_.units_with(kKinds[i].first);
      if (count != 0 || i == 0)
        put("<li><i class=\"{}\"></i>{} unit{} {}</li>", kKinds[i].second, count, count == 1 ? "" : "s", kWords[i]);
    }
    put("<li>{}</li></ul>\n", functions_sentence());
    if (!picture_.unproved.empty()) {
      put("<ul class=\"unproved\">\n");
      for (const std::string& reason : picture_.unproved) put("<li>{}</li>\n", escape_html(reason));
      put("</ul>\n");
    }
    put("</section>\n");
  }

  std::string functions_sentence() const {
    std::size_t all = 0, with_code = 0;
    for (const JoinedUnit& unit : picture_.units) {
      all += unit.functions.size();
      with_code += static_cast<std::size_t>(std::ranges::count(unit.functions, true, &JoinedFunction::has_code));
    }
    return fmt::format("{} functions, {} with machine code of their own", grouped(all), grouped(with_code));
  }

  void put_losses() {
    if (picture_.losses.empty()) return;
    put("<section id=\"losses\"><h2>Where protection was lost</h2>\n<div class=\"scroll\"><table "
        "class=\"losses\"><thead>"
        "<tr><th>layer<th>protection<th>where<th>why</tr></thead><tbody>\n");
    for (const Loss& loss : picture_.losses) put_loss(loss);
    put("</tbody></table></div></section>\n");
  }

  void put_loss(const Loss& loss) {
    const Verdict& verdict = loss.verdict;
    const char* const style = verdict.blocks() ? "lost" : verdict.waived_by.empty() ? "soft" : "waived";
    std::string where = "the linked file";
    if (!loss.unit.empty()) {
      const auto unit = std::ranges::find(picture_.units, loss.unit, &JoinedUnit::name);
      where = fmt::format("<a href=\"#u{}\">{}</a>", unit - picture_.units.begin(), path_html(loss.unit, prefix_));
    }
    if (!loss.symbol.empty()) where += fmt::format(" <code>{}</code>", escape_html(loss.symbol));
    put("<tr><td><span class=\"tally {}\">{}</span><td>{}<td>{}<td>{}{}</tr>\n", style, fate_phrase(verdict.fate),
        escape_html(loss.protection), where, escape_html(verdict.why),
        verdict.waived_by.empty() ? ""
                                  : fmt::format("<p class=\"note\">waived by {}: {}</p>",
                                                escape_html(verdict.waived_by), escape_html(verdict.waiver_reason)));
  }

  void put_matrix() {
    put("<section id=\"matrix\"><h2>Protection by unit</h2>\n{}<ul class=\"legend signs\">",
        html_tools("unit, function, rule or state", "units"));
    constexpr std::pair<Fate, std::string_view> kLegend[] = {{Fate::kHeld, "held"},
                                                             {Fate::kNeverRequested, "never requested"},
                                                             {Fate::kOverridden, "overridden"},
                                                             {Fate::kUnsupported, "not in the compiler"},
                                                             {Fate::kSource, "weakened in source"},
                                                             {Fate::kMachineCode, "missing in machine code"},
                                                             {Fate::kLink, "lost at link"}};
    for (const auto& [fate, words] : kLegend) {
      Verdict verdict;
      verdict.fate = fate;
      verdict.level = Level::kMust;
      put_sign(mark_of(verdict), words);
    }
    put_sign({"soft", "N", ""}, "outlined: does not block");
    put_sign({"waived", "W", ""}, "waived");
    put_sign({"na", "&ndash;", ""}, "not applicable");
    put_sign({"unknown", "?", ""}, "unknown");
    put("</ul>\n<div class=\"scroll\"><table class=\"matrix\"><thead><tr><th><small>{}</small>",
        prefix_.empty() ? "unit" : "below " + escape_html(prefix_));
    for (const Protection& protection : picture_.protections)
      put("<th scope=\"col\" title=\"{}\"><span>{}</span>", escape_html(protection.rule),
          escape_html(protection.title()));
    put("</tr></thead><tbody>\n");
    for (std::size_t i = 0; i < picture_.units.size(); ++i) put_row(i);
    put("</tbody></table></div></section>\n");
  }

  void put_sign(const Mark& mark, std::string_view words) {
    put("<li><i class=\"mark {}\" aria-hidden=\"true\">{}</i>{}</li>", mark.style, mark.sign, words);
  }

  void put_row(std::size_t index) {
    const JoinedUnit& unit = picture_.units[index];
    put("<tr{}><th scope=\"row\"><a href=\"#u{}\" title=\"{}\">{}</a>", is_problem(unit) ? " class=\"problem\"" : "",
        index, escape_html(unit.name), path_html(unit.name, prefix_));
    for (const UnitCell& cell : unit.cells) {
      const std::string& why = cell.verdict.why;
      put("<td{}>{}", why.empty() ? "" : fmt::format(" title=\"{}\"", escape_html(why)),
          mark_html(mark_of(cell.verdict)));
    }
    put("</tr>\n");
  }

  void put_linked() {
    if (!picture_.artifact) return;
    put("<section id=\"linked\"><h2>The linked file</h2>\n<ul class=\"chips\">");
    for (const LinkedProperty& linked : picture_.linked)
      put("<li>{} {}</li>", mark_html(mark_of(linked.verdict)), escape_html(linked.property));
    put("</ul>\n{}", findings_html(picture_.file_findings, prefix_));
    put("</section>\n");
  }

  void put_prebuilt() {
    if (picture_.prebuilt.empty()) return;
    put("<section id=\"prebuilt\"><h2>Prebuilt code</h2>\n<div "
        "class=\"scroll\"><table><thead><tr><th>archive<th>members"
        "<th>functions<th>waiver</tr></thead><tbody>\n");
    for (const JoinedPrebuilt& one : picture_.prebuilt) {
      const Prebuilt& archive = one.archive;
      const std::string waiver = archive.waived_by.empty()
                                     ? std::string(archive.waived ? "accepted by the policy" : "none")
                                     : fmt::format("{}: {}", archive.waived_by, archive.waiver_reason);
      put("<tr><th>{}<td>{}<td>{}<td>{} {}</tr>\n", escape_html(archive.archive), grouped(archive.members),
          grouped(one.functions),
          mark_html(archive.waived ? Mark{"waived", "W", "waived"} : Mark{"lost", "!", "not waived"}),
          escape_html(waiver));
    }
    put("</tbody></table></div></section>\n");
  }

  void put_waived() {
    if (picture_.waived.by_owner.empty()) return;
    put("<section id=\"waived\"><h2>Waived findings</h2>\n<div class=\"scroll\"><table><thead><tr><th>owner or rule"
        "<th>findings</tr></thead><tbody>\n");
    for (const auto* counts : {&picture_.waived.by_owner, &picture_.waived.by_rule})
      for (const auto& [name, count] : *counts) put("<tr><th>{}<td>{}</tr>\n", escape_html(name), grouped(count));
    put("</tbody></table></div></section>\n");
  }

  void put_units() {
    put("<section id=\"units\"><h2>Units</h2>\n");
    for (std::size_t i = 0; i < picture_.units.size(); ++i) out_ += unit_html(picture_, i, prefix_, excerpts_);
    put("</section>\n");
    const std::string own = findings_html(picture_.own_findings, prefix_);
    if (!own.empty()) put("<section id=\"own\"><h2>Findings of this report</h2>\n{}</section>\n", own);
  }

  const Picture& picture_;
  std::string prefix_;
  Excerpts excerpts_;
  std::string out_;
};

}  // namespace

std::string picture_to_html(const Picture& picture, const HtmlOptions& options) {
  return PageWriter(picture, options).run();
}

}  // namespace proofmark::report
