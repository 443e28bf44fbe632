// SPDX-License-Identifier: Apache-2.0
//
// JUnit XML in the dialect that Jenkins' schema describes and GitLab reads. A test for each unit and rule would be some
// ten thousand for a small firmware, nearly all passed; so what passed is told by unit, and what did not by unit and rule.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/ci_writers.h"
#include "report/text_writer.h"

namespace proofmark::report {
namespace {

struct Test {
  std::string name;
  std::vector<Reviewed> findings;
};

struct Totals {
  unsigned tests = 0, failures = 0, errors = 0, skipped = 0;
};

// Text that XML 1.0 (section 2.2) allows: UTF-8, no control characters, no U+FFFE and U+FFFF.
std::string xml(std::string_view text) {
  using nlohmann::json;
  const std::string utf8 =
      json::parse(json(text).dump(-1, ' ', false, json::error_handler_t::replace)).get<std::string>();
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const char c = utf8[i];
    const std::string_view three = std::string_view(utf8).substr(i, 3);
    const bool no_character = three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF";
    if (no_character) i += 2;
    if (no_character || (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
      out += '?';
    else if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

class Writer {
 public:
  explicit Writer(const Review& review) : report_(review.report), review_(review) {}

  std::string run() {
    std::string cases;
    for (const Test& test : tests()) cases += test_case(test);
    const std::string counts = fmt::format(R"(tests="{}" failures="{}" errors="{}" skipped="{}")", totals_.tests,
                                           totals_.failures, totals_.errors, totals_.skipped);
    const std::string name = report_.board.empty() ? report_.tool : fmt::format("{} {}", report_.tool, report_.board);
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"{}\" {}>\n{}"
        "</testsuite>\n</testsuites>\n",
        xml(name), counts, cases);
  }

 private:
  // Sorted by name.
  std::vector<Test> tests() const {
    std::map<std::pair<std::string, std::string>, std::vector<Reviewed>> groups;
    std::set<std::string> quiet;
    for (const std::string& subject : review_.subjects) quiet.insert(display_path(report_.root, subject));
    for (const Reviewed& one : review_.findings) {
      const std::string about = subject(one.finding);
      quiet.erase(about);
      groups[{about, one.finding.rule}].push_back(one);
    }
    std::vector<Test> tests;
    for (const std::string& name : quiet) tests.push_back({name, {}});
    for (auto& [key, findings] : groups)
      tests.push_back({fmt::format("{}: {}", key.first, key.second), std::move(findings)});
    std::ranges::sort(tests, {}, &Test::name);
    return tests;
  }

  std::string subject(const Finding& finding) const {
    const std::string& name = finding.unit.empty() ? finding.where.file : finding.unit;
    return name.empty() ? "build" : display_path(report_.root, name);
  }

  std::string line(const Reviewed& one) const {
    const Finding& finding = one.finding;
    std::string text = display_path(report_.root, finding.where.file);
    if (finding.where.line != 0) text += fmt::format(":{}", finding.where.line);
    text += fmt::format("{}{}: {}", text.empty() ? "" : ": ", level_name(finding.level), finding.message);
    if (one.excused()) text += fmt::format(" [{}]", novelty_name(one.novelty));
    if (!finding.waived_by.empty())
      text += fmt::format(" [waived by {}: {}]", finding.waived_by, finding.waiver_reason);
    return text + (finding.hint.empty() ? "\n" : fmt::format("\nhint: {}\n", finding.hint));
  }

  std::string test_case(const Test& test) {
    ++totals_.tests;
    const std::string start = fmt::format(R"(<testcase classname="{}" name="{}" time="0")",
                                          xml(report_.board.empty() ? report_.tool : report_.board), xml(test.name));
    if (test.findings.empty()) return start + "/>\n";
    return start + ">" + outcome(test.findings) + "</testcase>\n";
  }

  std::string outcome(const std::vector<Reviewed>& findings) {
    std::string text;
    for (const Reviewed& one : findings) text += line(one);
    const Reviewed& worst = *std::ranges::max_element(findings, {}, &Reviewed::urgency);
    const Finding& first = worst.finding;
    if (!worst.fails_run()) {
      const bool waived =
          std::ranges::none_of(findings, [](const Reviewed& one) { return one.finding.waived_by.empty(); });
      if (waived) ++totals_.skipped;
      return fmt::format("{}<system-out>{}</system-out>", waived ? "<skipped/>" : "", xml(text));
    }
    const bool not_analysed = first.rule == "PMT001";
    ++(not_analysed ? totals_.errors : totals_.failures);
    return fmt::format(R"(<{0} type="{1}" message="{2}">{3}</{0}>)", not_analysed ? "error" : "failure",
                       xml(first.rule), xml(first.message), xml(text));
  }

  const Report& report_;
  const Review& review_;
  Totals totals_;
};

}  // namespace

std::string to_junit(const Review& review) {
  return Writer(review).run();
}

}  // namespace proofmark::report
