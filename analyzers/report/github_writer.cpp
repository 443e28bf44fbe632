// SPDX-License-Identifier: Apache-2.0
//
// GitHub's workflow commands (annotations) and the step's summary. GitHub shows ten annotations of each kind of a step and
// drops the rest without a word, so the most urgent come first and what is left out is said.
#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>

#include <fmt/format.h>

#include "report/ci_writers.h"
#include "report/text_writer.h"

namespace proofmark::report {
namespace {

constexpr unsigned kMaxAnnotations = 10;  // of each kind
constexpr std::size_t kMaxRows = 100;     // a step's summary may have 1 MiB
constexpr std::size_t kMaxCell = 1000;

enum Kind { kError, kWarning, kNotice };
constexpr std::array<std::string_view, 3> kKinds{"error", "warning", "notice"};

Kind kind(const Reviewed& one) {
  if (one.excused() || one.finding.level < Level::kShould) return kNotice;
  return one.finding.level == Level::kMust ? kError : kWarning;
}

// Unwaived findings, the most urgent first.
std::vector<Reviewed> by_urgency(const Review& review) {
  std::vector<Reviewed> findings;
  std::ranges::copy_if(review.findings, std::back_inserter(findings),
                       [](const Reviewed& one) { return one.finding.waived_by.empty(); });
  const auto order = [](const Reviewed& one) {
    const Finding& f = one.finding;
    return std::tuple(~one.urgency(), std::tie(f.where.file, f.where.line, f.where.column, f.rule, f.message));
  };
  std::ranges::sort(findings, [&order](const Reviewed& a, const Reviewed& b) { return order(a) < order(b); });
  return findings;
}

// The escapes of the runner: a message ends at the end of line, a property also at a comma or colon.
std::string escaped(std::string_view text, bool is_property) {
  std::string out;
  for (const char c : text) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ','));
    out += special ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return out;
}

std::string annotation(const Report& report, const Reviewed& one) {
  const Finding& finding = one.finding;
  const std::string file = display_path(report.root, finding.where.file);
  std::string line = fmt::format("::{} ", kKinds[kind(one)]);
  if (!file.empty())
    line += fmt::format("file={},line={},", escaped(printable(file), true), std::max(finding.where.line, 1U));
  if (!file.empty() && finding.where.column != 0) line += fmt::format("col={},", finding.where.column);
  std::string message = printable(finding.message);
  if (!finding.tag.empty()) message += fmt::format(" [{}]", printable(finding.tag));
  if (!finding.hint.empty()) message += fmt::format("\nhint: {}", printable(finding.hint));
  line += fmt::format("title={}::{}\n", escaped(printable(finding.rule), true), escaped(message, false));
  return line;
}

// Everything that Markdown or HTML may take for more than text becomes a character reference.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : printable(text.substr(0, kMaxCell))) {
    const bool markup = std::string_view("&<>|`*_[]()!~#\\@:$").find(c) != std::string_view::npos;
    out += markup ? fmt::format("&#{};", static_cast<unsigned>(static_cast<unsigned char>(c))) : std::string(1, c);
  }
  return out;
}

std::string place(const Report& report, const Finding& finding) {
  const std::string file = display_path(report.root, finding.where.file.empty() ? finding.unit : finding.where.file);
  return finding.where.line == 0 ? file : fmt::format("{}:{}", file, finding.where.line);
}

}  // namespace

std::string to_github(const Review& review) {
  std::string out;
  std::array<unsigned, kKinds.size()> seen{};
  for (const Reviewed& one : by_urgency(review))
    if (++seen[kind(one)] <= kMaxAnnotations) out += annotation(review.report, one);
  for (std::size_t i = 0; i < kKinds.size(); ++i)
    if (seen[i] > kMaxAnnotations)
      out += fmt::format("proofmark: {} more {}s than the {} that GitHub shows; SARIF has all\n",
                         seen[i] - kMaxAnnotations, kKinds[i], kMaxAnnotations);
  return out + summary_line(review) + "\n";
}

std::string to_markdown(const Review& review) {
  const Report& report = review.report;
  const std::vector<Reviewed> findings = by_urgency(review);
  std::string out = fmt::format("### Proofmark{}{}\n\n{}\n\n", report.board.empty() ? "" : ": ", cell(report.board),
                                cell(summary_line(review)));
  if (findings.empty()) return out;
  out += "| | rule | place | finding |\n|---|---|---|---|\n";
  for (std::size_t i = 0; i < std::min(findings.size(), kMaxRows); ++i) {
    const Finding& finding = findings[i].finding;
    const std::string_view novelty =
        findings[i].excused() ? novelty_name(findings[i].novelty) : kKinds[kind(findings[i])];
    out += fmt::format("| {} | {} | {} | {} |\n", novelty, cell(finding.rule), cell(place(report, finding)),
                       cell(finding.message));
  }
  if (findings.size() > kMaxRows) out += fmt::format("\n{} more are not shown here.\n", findings.size() - kMaxRows);
  return out + "\n";
}

}  // namespace proofmark::report
