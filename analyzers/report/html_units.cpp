// SPDX-License-Identifier: Apache-2.0
//
// The drill-down: what each layer says of one unit, its findings, and its functions with source beside machine code.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "report/html_page.h"

namespace proofmark::report {
namespace {

class UnitWriter {
 public:
  UnitWriter(const Picture& picture, std::size_t index, std::string_view prefix, Excerpts& excerpts)
      : picture_(picture), unit_(picture.units[index]), index_(index), prefix_(prefix), excerpts_(excerpts) {
    for (const JoinedFunction& function : unit_.functions)
      for (const FunctionCell& cell : function.cells)
        if (std::ranges::find(columns_, cell.property) == columns_.end()) columns_.push_back(cell.property);
    std::ranges::sort(columns_);
  }

  std::string run() {
    put("<details class=\"unit{}\" id=\"u{}\">\n<summary><span class=\"name\">{}</span>{}</summary>\n",
        is_problem(unit_) ? " problem" : "", index_, path_html(unit_.name, prefix_), tallies());
    put("<p class=\"facts\">{}{}</p>\n", escape_html(unit_.compiler.empty() ? "compiler unknown" : unit_.compiler),
        coverage_note());
    put_chain();
    const std::string findings = findings_html(unit_.findings, prefix_);
    if (!findings.empty()) put("<h4>Findings</h4>\n{}", findings);
    put_functions();
    put("</details>\n");
    return std::move(out_);
  }

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...);
  }

  std::string tallies() const {
    unsigned lost = 0, soft = 0, waived = 0;
    for (const UnitCell& cell : unit_.cells) {
      if (!is_lost(cell.verdict.fate)) continue;
      ++(!cell.verdict.waived_by.empty() ? waived : cell.verdict.blocks() ? lost : soft);
    }
    std::string text;
    if (lost != 0) text += fmt::format("<span class=\"tally lost\">{} lost</span>", lost);
    if (soft != 0) text += fmt::format("<span class=\"tally soft\">{} lost, not blocking</span>", soft);
    if (waived != 0) text += fmt::format("<span class=\"tally waived\">{} waived</span>", waived);
    if (unit_.coverage != Coverage::kProved)
      text += fmt::format("<span class=\"tally {}\">{}</span>",
                          unit_.coverage == Coverage::kNotLinked ? "na" : "unknown", coverage_word());
    if (text.empty()) text = "<span class=\"tally held\">nothing lost</span>";
    return text;
  }

  std::string_view coverage_word() const {
    if (unit_.coverage == Coverage::kFailed) return "analysis failed";
    return unit_.coverage == Coverage::kNeverAnalysed ? "never analysed" : "not in the file";
  }

  std::string coverage_note() const {
    switch (unit_.coverage) {
      case Coverage::kProved:
        return {};
      case Coverage::kFailed:
        return " &middot; check could not analyse this unit";
      case Coverage::kNeverAnalysed:
        return " &middot; the ELF file contains this unit, but check never saw it";
      case Coverage::kNotLinked:
        return " &middot; check analysed this unit, but the ELF file does not contain it";
    }
    return {};
  }

  void put_chain() {
    put("<div class=\"scroll\"><table class=\"chain\"><thead><tr><th>protection<th>requested<th>effective<th>realised"
        "<th>result</tr></thead><tbody>\n");
    for (std::size_t i = 0; i < unit_.cells.size(); ++i) put_cell(picture_.protections[i], unit_.cells[i]);
    put("</tbody></table></div>\n");
  }

  void put_cell(const Protection& protection, const UnitCell& cell) {
    const Verdict& verdict = cell.verdict;
    const std::string rule = protection.title() == protection.rule ? "" : " " + protection.rule;
    put("<tr><th>{}<small>{}</small><td>{}<td>{}<td>{}<td class=\"result\">{} {}{}{}</tr>\n",
        escape_html(protection.title()), escape_html(rule), escape_html(cell.asked.requested),
        escape_html(cell.asked.effective.empty() ? layer_state_name(cell.asked.state)
                                                 : std::string_view(cell.asked.effective)),
        realised_text(cell.realised), mark_html(mark_of(verdict)), fate_phrase(verdict.fate),
        verdict.why.empty() ? "" : fmt::format("<p class=\"note\">{}</p>", escape_html(verdict.why)),
        waiver_html(verdict.waived_by, verdict.waiver_reason));
  }

  static std::string realised_text(const RealisedCounts& counts) {
    std::string text;
    const auto add = [&text](unsigned count, std::string_view word) {
      if (count != 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, word);
    };
    add(counts.held, "held");
    add(counts.missing, "missing");
    add(counts.not_applicable, "n/a");
    add(counts.unknown, "unknown");
    return text;  // empty: the style sheet says that it is not realised per function
  }

  void put_functions() {
    if (unit_.functions.empty()) return;
    put("<h4>Functions <small>{}</small></h4>\n<div class=\"scroll\"><table class=\"functions\"><thead><tr>"
        "<th>function<th>line<th>address<th>bytes",
        unit_.functions.size());
    for (const std::string& column : columns_) put("<th>{}", escape_html(column));
    put("</tr></thead>\n");
    for (const JoinedFunction& function : unit_.functions) put_function(function);
    put("</table></div>\n");
  }

  // A body of its own for each function, so that its evidence goes with it when a filter hides it.
  void put_function(const JoinedFunction& function) {
    put("<tbody{}><tr><th>{}<td>{}", is_problem(function) ? " class=\"problem\"" : "", escape_html(function.symbol),
        function.where.line == 0 ? "" : std::to_string(function.where.line));
    if (!function.has_code) {
      put("<td colspan=\"{}\" class=\"none\">no code of its own: inlined, merged or dropped</tr></tbody>\n",
          columns_.size() + 2);
      return;
    }
    put("<td>{:#x}<td>{}", function.address, function.size);
    for (const std::string& column : columns_) put_function_cell(function, column);
    put("</tr>");
    if (is_problem(function) || !function.disassembly.empty()) put_evidence(function);
    put("</tbody>\n");
  }

  void put_function_cell(const JoinedFunction& function, const std::string& column) {
    const auto cell = std::ranges::find(function.cells, column, &FunctionCell::property);
    if (cell == function.cells.end()) {
      put("<td>");
    } else {
      put("<td>{}", mark_html(mark_of(cell->verdict)));
    }
  }

  void put_evidence(const JoinedFunction& function) {
    put("<tr class=\"evidence\"><td colspan=\"{}\">", columns_.size() + 4);
    for (const FunctionCell& cell : function.cells) {
      if (cell.verdict.fate == Fate::kHeld || cell.verdict.fate == Fate::kNotApplicable) continue;
      put("<p>{} <b>{}</b> {}{}</p>{}", mark_html(mark_of(cell.verdict)), escape_html(cell.property),
          escape_html(cell.verdict.why.empty() ? std::string(fate_phrase(cell.verdict.fate)) : cell.verdict.why),
          cell.detail.empty() ? "" : fmt::format("; the machine code: {}", escape_html(cell.detail)),
          waiver_html(cell.verdict.waived_by, cell.verdict.waiver_reason));
    }
    put("<div class=\"sides\"><div>{}</div><div>{}</div></div></td></tr>", source(function), machine_code(function));
  }

  std::string source(const JoinedFunction& function) {
    std::vector<unsigned> marks;
    if (function.where.line != 0) marks.push_back(function.where.line);
    for (const FunctionCell& cell : function.cells)
      if (cell.verdict.fate == Fate::kSource && cell.verdict.where.line != 0) marks.push_back(cell.verdict.where.line);
    const auto lines = excerpts_.around(function.where.file, marks, function.last_line);
    if (lines.empty()) return "<p class=\"none\">no source lines at hand</p>";
    std::string text = fmt::format("<p class=\"caption\">{}</p>", place_html(function.where, prefix_));
    return text + excerpt_html(lines);
  }

  static std::string machine_code(const JoinedFunction& function) {
    if (function.disassembly.empty()) return "<p class=\"none\">no machine code at hand</p>";
    std::string text =
        fmt::format("<p class=\"caption\">{} at {:#x}</p><pre>", escape_html(function.symbol), function.address);
    for (const std::string& line : function.disassembly) text += escape_html(line) + "\n";
    return text + "</pre>";
  }

  const Picture& picture_;
  const JoinedUnit& unit_;
  std::size_t index_;
  std::string_view prefix_;
  Excerpts& excerpts_;
  std::vector<std::string> columns_;  // properties realised in some function
  std::string out_;
};

}  // namespace

Mark mark_of(const Verdict& verdict) {
  if (is_lost(verdict.fate) && !verdict.waived_by.empty()) return {"waived", "W", "waived"};
  const std::string_view lost = verdict.level == Level::kMust ? "lost" : "soft";
  switch (verdict.fate) {
    case Fate::kHeld:
      return {"held", "&#10003;", "held"};
    case Fate::kNotApplicable:
      return {"na", "&ndash;", "not applicable"};
    case Fate::kUnknown:
      return {"unknown", "?", "unknown"};
    case Fate::kNeverRequested:
      return {lost, "N", "never requested"};
    case Fate::kOverridden:
      return {lost, "O", "overridden"};
    case Fate::kUnsupported:
      return {lost, "C", "not in the compiler"};
    case Fate::kSource:
      return {lost, "S", "weakened in source"};
    case Fate::kMachineCode:
      return {lost, "M", "missing in machine code"};
    case Fate::kLink:
      return {lost, "L", "lost at link"};
  }
  return {};
}

std::string mark_html(const Mark& mark) {
  return fmt::format("<i class=\"mark {}\" role=\"img\" aria-label=\"{}\">{}</i>", mark.style, mark.word, mark.sign);
}

bool is_problem(const Verdict& verdict) {
  return verdict.fate == Fate::kUnknown || verdict.blocks();
}

// What its whole unit lost is shown there, not in each of its functions.
bool is_problem(const JoinedFunction& function) {
  return std::ranges::any_of(function.cells, [](const FunctionCell& cell) {
    return cell.verdict.fate == Fate::kSource || cell.verdict.fate == Fate::kMachineCode;
  });
}

bool is_problem(const JoinedUnit& unit) {
  const bool lost = std::ranges::any_of(unit.cells, [](const UnitCell& cell) { return is_problem(cell.verdict); });
  return lost || unit.coverage == Coverage::kFailed || unit.coverage == Coverage::kNeverAnalysed;
}

std::string unit_html(const Picture& picture, std::size_t index, std::string_view prefix, Excerpts& excerpts) {
  return UnitWriter(picture, index, prefix, excerpts).run();
}

}  // namespace proofmark::report
