// SPDX-License-Identifier: Apache-2.0
//
// `--format html`: the findings of a run, file by file, each with its source line and the path that leads to it.
#include <array>
#include <map>

#include <fmt/format.h>

#include "report/ci_writers.h"
#include "report/html_frame.h"

namespace proofmark::report {
namespace {

// The columns of the table, worst first. Who is excused or waived is no problem of this run.
enum Column { kBlocks, kShould, kAdvisory, kExcused, kWaived, kColumns };
constexpr std::array<std::string_view, kColumns> kTitles{"must", "should", "advisory", "excused", "waived"};
constexpr std::array<std::string_view, kColumns> kStyles{"lost", "soft", "na", "unknown", "waived"};

Column column_of(const Reviewed& one) {
  if (!one.finding.waived_by.empty()) return kWaived;
  if (one.excused()) return kExcused;
  if (one.finding.level == Level::kMust) return kBlocks;
  return one.finding.level == Level::kShould ? kShould : kAdvisory;
}

using Tally = std::array<unsigned, kColumns>;

struct File {
  std::vector<const Reviewed*> findings;
  Tally tally{};
};

class FindingsPage {
 public:
  explicit FindingsPage(const Review& review)
      : review_(review),
        report_(review.report),
        excerpts_(report_.root.empty() ? std::filesystem::current_path() : report_.root) {
    for (const Reviewed& one : review.findings) {
      File& file = files_[display_path(report_.root, one.finding.where.file)];
      file.findings.push_back(&one);
      ++file.tally[column_of(one)];
      ++all_[column_of(one)];
    }
  }

  std::string run() {
    const std::string name = report_.board.empty() ? report_.policy : report_.board;
    out_ = html_head("Findings for " + name);
    put("<header>\n<p class=\"eyebrow\">Proofmark</p>\n<h1>Findings for {}</h1>\n", escape_html(name));
    put_verdict();
    put_table();
    put_files();
    put_gone();
    return std::move(out_) + html_foot(fmt::format("{} {}", report_.tool, report_.version), "file");
  }

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...);
  }

  void put_verdict() {
    const ExitCode verdict = review_.verdict();
    const char* const style = verdict == ExitCode::kYes ? "held" : verdict == ExitCode::kNo ? "lost" : "unknown";
    const char* const words = verdict == ExitCode::kYes  ? "Nothing blocks"
                              : verdict == ExitCode::kNo ? "Findings block"
                                                         : "Cannot tell";
    std::string counts;
    for (unsigned i = 0; i < kColumns; ++i)
      if (all_[i] != 0) counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", all_[i], kTitles[i]);
    put("<p class=\"verdict {}\"><b>{}</b> {}</p>\n<dl>\n", style, words, counts.empty() ? "no finding" : counts);
    for (const auto& [fact, text] :
         {std::pair<const char*, const std::string&>{"Looked at", report_.subject}, {"Policy", report_.policy}})
      put("<div><dt>{}<dd>{}</div>\n", fact, escape_html(text));
    put("</dl>\n</header>\n<main>\n");
  }

  void put_table() {
    put("<section id=\"matrix\"><h2>Findings by file</h2>\n{}<div class=\"scroll\"><table class=\"matrix\"><thead><tr>"
        "<th><small>file</small>",
        html_tools("file, rule or words", "files"));
    for (const std::string_view title : kTitles) put("<th scope=\"col\"><span>{}</span>", title);
    put("</tr></thead><tbody>\n");
    unsigned index = 0;
    for (const auto& [name, file] : files_) {
      put("<tr{}><th scope=\"row\"><a href=\"#u{}\" title=\"{}\">{}</a>",
          file.tally[kBlocks] != 0 ? " class=\"problem\"" : "", index++, escape_html(name), title_html(name));
      for (unsigned i = 0; i < kColumns; ++i) put("<td>{}", tally_html(file.tally, i));
      put("</tr>\n");
    }
    put("</tbody></table></div></section>\n");
  }

  static std::string title_html(const std::string& name) { return name.empty() ? "the run" : path_html(name, ""); }

  static std::string tally_html(const Tally& tally, unsigned column) {
    if (tally[column] == 0) return "";
    return fmt::format("<span class=\"tally {}\">{}</span>", kStyles[column], tally[column]);
  }

  void put_files() {
    put("<section id=\"units\"><h2>Files</h2>\n");
    unsigned index = 0;
    for (const auto& [name, file] : files_) {
      const bool blocks = file.tally[kBlocks] != 0;
      put("<details class=\"unit{}\" id=\"u{}\"{}>\n<summary><span class=\"name\">{}</span>", blocks ? " problem" : "",
          index++, blocks ? " open" : "", title_html(name));
      for (unsigned i = 0; i < kColumns; ++i)
        if (file.tally[i] != 0) put("<span class=\"tally {}\">{} {}</span>", kStyles[i], file.tally[i], kTitles[i]);
      put("</summary>\n<ul class=\"findings\">\n");
      for (const Reviewed* one : file.findings) put_finding(*one);
      put("</ul>\n</details>\n");
    }
    put("</section>\n");
  }

  void put_finding(const Reviewed& one) {
    Finding shown = one.finding;
    shown.where.file = display_path(report_.root, shown.where.file);
    std::string more;
    if (one.finding.cwe != 0) more += fmt::format(" <small>CWE-{}</small>", one.finding.cwe);
    if (!one.finding.tag.empty()) more += fmt::format(" <code>{}</code>", escape_html(one.finding.tag));
    if (one.novelty != Novelty::kUntold) more += fmt::format(" <small>{}</small>", novelty_name(one.novelty));
    more += path(one.finding) + source(one.finding);
    out_ += finding_html(shown, "", more);
  }

  std::string path(const Finding& finding) const {
    std::string steps;
    for (const PathStep& step : finding.path) {
      Location where = step.where;
      where.file = display_path(report_.root, where.file);
      steps += fmt::format("<li><span class=\"where\">{}</span> {}</li>\n", place_html(where, ""),
                           escape_html(step.message));
    }
    return steps.empty() ? steps : "<ol class=\"steps\">\n" + steps + "</ol>\n";
  }

  // The line with what is around it, and those of the path that are in sight.
  std::string source(const Finding& finding) {
    constexpr unsigned kAfter = 2, kInSight = 12;
    const unsigned line = finding.where.line;
    if (line == 0) return "";
    std::vector<unsigned> marks{line};
    for (const PathStep& step : finding.path)
      if (step.where.file == finding.where.file && step.where.line < line && step.where.line + kInSight > line)
        marks.push_back(step.where.line);
    const auto lines = excerpts_.around(finding.where.file, marks, line + kAfter);
    return lines.empty() ? "" : excerpt_html(lines);
  }

  void put_gone() {
    if (review_.gone.empty()) return;
    put("<section id=\"gone\"><h2>No longer found</h2>\n");
    std::vector<Finding> gone;
    for (const Reviewed& one : review_.gone) gone.push_back(one.finding);
    out_ += findings_html(gone, "") + "</section>\n";
  }

  const Review& review_;
  const Report& report_;
  Excerpts excerpts_;
  std::map<std::string, File> files_;
  Tally all_{};
  std::string out_;
};

}  // namespace

std::string to_html(const Review& review) {
  return FindingsPage(review).run();
}

}  // namespace proofmark::report
