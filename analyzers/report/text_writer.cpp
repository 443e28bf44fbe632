// SPDX-License-Identifier: Apache-2.0
//
// Compiler-style text with code frames.
#include "report/text_writer.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <unistd.h>

#include "report/source_cache.h"

namespace proofmark::report {
namespace {

constexpr std::string_view kReset = "\033[0m";
constexpr std::string_view kBold = "\033[1m";
constexpr std::string_view kRed = "\033[1;31m";
constexpr std::string_view kMagenta = "\033[1;35m";
constexpr std::string_view kCyan = "\033[1;36m";
constexpr std::string_view kGreen = "\033[1;32m";

struct Severity {
  std::string_view word, colour;
};

Severity severity(Level level) {
  switch (level) {
    case Level::kMust:
      return {"error", kRed};
    case Level::kShould:
      return {"warning", kMagenta};
    case Level::kAdvisory:
    case Level::kOff:
      break;
  }
  return {"note", kCyan};
}

class Writer {
 public:
  Writer(const Review& review, const TextOptions& options)
      : report_(review.report), review_(review), colour_(options.colour) {}

  std::string run() {
    for (const Reviewed& one : review_.findings)
      if (one.finding.waived_by.empty()) put_finding(one);
    put(summary_line(review_) + "\n");
    return std::move(out_);
  }

 private:
  std::string paint(std::string_view colour, std::string_view text) const {
    return colour_ ? fmt::format("{}{}{}", colour, text, kReset) : std::string(text);
  }

  void put(std::string_view text) { out_.append(text); }

  void put_line(const Location& where, const Severity& level, const std::string& message) {
    std::string place = printable(display_path(report_.root, where.file));
    if (place.empty()) place = "proofmark";
    if (where.line != 0) place += fmt::format(":{}", where.line);
    if (where.line != 0 && where.column != 0) place += fmt::format(":{}", where.column);
    put(fmt::format("{} {} {}\n", paint(kBold, place + ":"), paint(level.colour, fmt::format("{}:", level.word)),
                    printable(message)));
  }

  // The source line and a caret below the column; tabs are repeated so that the caret lines up.
  void put_frame(const Location& where) {
    const std::string_view line = sources_.line(where.file, where.line);
    if (line.empty()) return;
    put(fmt::format("{:>5} | {}\n", where.line, printable(line)));
    if (where.column == 0 || where.column > line.size() + 1) return;
    std::string indent(line.substr(0, where.column - 1));
    std::ranges::replace_if(indent, [](char c) { return c != '\t'; }, ' ');
    put(fmt::format("      | {}{}\n", indent, paint(kGreen, "^")));
  }

  void put_finding(const Reviewed& one) {
    const Finding& finding = one.finding;
    const std::string& tag = finding.tag.empty() ? finding.rule : finding.tag;
    const std::string mark = one.excused() ? fmt::format("({}) ", novelty_name(one.novelty)) : "";
    std::string message = fmt::format("{}{} [{}]", mark, finding.message, tag);
    // A compiler's tag ends the line, as in its own output, so that what parses compiler output parses this; the CWE id
    // follows below.
    const bool is_compiler_tag = tag.starts_with("-W");
    const std::string cwe = finding.cwe == 0 ? "" : fmt::format("CWE-{}", finding.cwe);
    if (!cwe.empty() && !is_compiler_tag) message += fmt::format(" [{}]", cwe);
    put_line(finding.where, severity(finding.level), message);
    put_frame(finding.where);
    if (!cwe.empty() && is_compiler_tag) put(fmt::format("      = {} {}\n", finding.rule, cwe));
    for (const PathStep& step : finding.path) {
      put_line(step.where, {"note", kCyan}, step.message);
      put_frame(step.where);
    }
    if (!finding.hint.empty()) put(fmt::format("{} {}\n", paint(kCyan, "hint:"), printable(finding.hint)));
  }

  const Report& report_;
  const Review& review_;
  bool colour_;
  SourceCache sources_;
  std::string out_;
};

}  // namespace

std::string summary_line(const Review& review) {
  const Report& report = review.report;
  const auto those = [&review](auto&& wanted) {
    return std::ranges::count_if(
        review.findings, [&wanted](const Reviewed& one) { return one.finding.waived_by.empty() && wanted(one); });
  };
  const auto at_level = [&those](Level level, std::string_view noun) {
    const auto n = those([level](const Reviewed& one) { return one.finding.level == level && !one.excused(); });
    return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
  };
  const auto unwaived = static_cast<std::size_t>(those([](const Reviewed&) { return true; }));
  std::string line = fmt::format("proofmark: {}, {}, {}, {} waived", at_level(Level::kMust, "error"),
                                 at_level(Level::kShould, "warning"), at_level(Level::kAdvisory, "note"),
                                 review.findings.size() - unwaived);
  for (const Novelty novelty : {Novelty::kKnown, Novelty::kElsewhere}) {
    const auto n = those([novelty](const Reviewed& one) { return one.novelty == novelty; });
    if (n > 0) line += fmt::format(", {} {}", n, novelty_name(novelty));
  }
  if (!review.gone.empty()) line += fmt::format(", {} gone", review.gone.size());
  if (!report.subject.empty()) line += fmt::format(" in {}", report.subject);
  if (!report.board.empty()) line += fmt::format(" for board {}", report.board);
  if (!report.policy.empty()) line += fmt::format(" by policy {}", report.policy);
  return line;
}

std::string printable(std::string_view text) {
  std::string clean(text);
  std::ranges::replace_if(clean, [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; }, '?');
  return clean;
}

bool wants_colour(std::FILE* stream) {
  const char* const no_color = std::getenv("NO_COLOR");
  return (no_color == nullptr || *no_color == '\0') && isatty(fileno(stream)) == 1;
}

std::string to_text(const Review& review, const TextOptions& options) {
  return Writer(review, options).run();
}

}  // namespace proofmark::report
