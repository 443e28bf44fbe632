// SPDX-License-Identifier: Apache-2.0
//
// Layer by layer through one unit; see join_unit.h.
#include "report/join_unit.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "report/rule_effects.h"

namespace proofmark::report {
namespace {

// Compilers name clones and cold halves of `f` "f.cold", "f.constprop.0"; no C or mangled C++ name holds a dot itself.
std::string_view source_symbol(std::string_view symbol) {
  return symbol.substr(0, symbol.find('.', 1));
}

std::string place(const Location& where) {
  return where.line == 0 ? where.file : fmt::format("{}:{}", where.file, where.line);
}

void take_waiver(const Finding& finding, Verdict& verdict) {
  verdict.level = finding.level;
  verdict.waived_by = finding.waived_by;
  verdict.waiver_reason = finding.waiver_reason;
}

const Finding* find_rule(const std::vector<Finding>& findings, std::string_view rule) {
  const auto found = std::ranges::find(findings, rule, &Finding::rule);
  return found == findings.end() ? nullptr : &*found;
}

// Requested to effective: what the command line alone decides.
Verdict judge_flags(const UnitProtection& asked, const std::vector<Finding>& findings) {
  Verdict verdict;
  verdict.level = asked.level;
  verdict.why = asked.reason;
  switch (asked.state) {
    case LayerState::kHeld:
      return {Fate::kHeld, {}, {}, {}, asked.level, {}, {}};
    case LayerState::kNotApplicable:
      verdict.fate = Fate::kNotApplicable;
      return verdict;
    case LayerState::kUnknown:
      verdict.fate = Fate::kUnknown;
      return verdict;
    case LayerState::kUnsupported:
      verdict.fate = Fate::kUnsupported;
      break;
    case LayerState::kMissing:
      verdict.fate = asked.requested.empty() ? Fate::kNeverRequested : Fate::kOverridden;
      break;
  }
  verdict.rule = asked.state == LayerState::kUnsupported ? "PMT002" : asked.rule;
  if (const Finding* const finding = find_rule(findings, verdict.rule)) {
    verdict.where = finding->where;
    take_waiver(*finding, verdict);
  }
  return verdict;
}

class UnitJoin {
 public:
  UnitJoin(const UnitMaterial& material, std::span<const Protection> protections, JoinedUnit& unit)
      : material_(material), protections_(protections), unit_(unit) {}

  void judge() {
    unit_.findings = material_.findings;
    if (material_.layers != nullptr) unit_.compiler = material_.layers->compiler;
    for (const Protection& protection : protections_) unit_.cells.push_back(flag_cell(protection));
    add_functions();
  }

  void conclude() {
    for (std::size_t i = 0; i < protections_.size(); ++i) conclude_cell(protections_[i].property, unit_.cells[i]);
  }

 private:
  UnitCell flag_cell(const Protection& protection) const {
    UnitCell cell;
    cell.asked.rule = protection.rule;
    cell.asked.property = protection.property;
    if (material_.layers == nullptr) {
      cell.verdict.why = "never analysed";
      return cell;
    }
    for (const UnitProtection& asked : material_.layers->protections) {
      if (asked.rule != protection.rule) continue;
      cell.asked = asked;
      cell.verdict = judge_flags(asked, material_.findings);
      return cell;
    }
    if (unit_.coverage == Coverage::kFailed) {
      cell.verdict.why = "the unit could not be analysed";
      return cell;
    }
    // The policy switched the rule off for this unit, or only the audit knows this property.
    cell.verdict.fate = Fate::kNotApplicable;
    cell.verdict.why = "no rule of check insists on it in this unit";
    return cell;
  }

  // The flags' answer for a property; null when no flag rule establishes it.
  const UnitCell* asked_for(std::string_view property) const {
    for (std::size_t i = 0; i < protections_.size(); ++i)
      if (protections_[i].property == property) return &unit_.cells[i];
    return nullptr;
  }

  void add_functions() {
    std::map<std::string_view, const SourceFunction*> sources;
    if (material_.layers != nullptr)
      for (const SourceFunction& function : material_.layers->functions)
        sources.try_emplace(function.symbol, &function);
    std::map<std::string_view, bool> has_code;
    for (const RealisedFunction* const realised : material_.realised) {
      const std::string_view symbol = source_symbol(realised->symbol);
      const auto source = sources.find(symbol);
      has_code[symbol] = true;
      unit_.functions.push_back(join_function(source == sources.end() ? nullptr : source->second, realised));
    }
    for (const auto& [symbol, source] : sources)
      if (!has_code.contains(symbol)) unit_.functions.push_back(join_function(source, nullptr));
    std::ranges::sort(unit_.functions, [](const JoinedFunction& a, const JoinedFunction& b) {
      return std::tie(a.where.file, a.where.line, a.symbol, a.address) <
             std::tie(b.where.file, b.where.line, b.symbol, b.address);
    });
  }

  JoinedFunction join_function(const SourceFunction* source, const RealisedFunction* realised) const {
    JoinedFunction function;
    function.symbol = realised != nullptr ? realised->symbol : source->symbol;
    if (source != nullptr) {
      function.where = source->where;
      function.last_line = source->last_line;
      function.expects_canary = source->expects_canary;
      function.fortifiable_calls = source->fortifiable_calls;
      function.weakened_by = source->weakened_by;
    }
    if (realised == nullptr) return function;
    function.has_code = true;
    function.address = realised->address;
    function.size = realised->size;
    function.disassembly = realised->disassembly;
    for (const RealisedProtection& one : realised->protections) {
      FunctionCell cell{one.property, one.state, one.detail, {}};
      cell.verdict = judge_function(function, cell);
      function.cells.push_back(std::move(cell));
    }
    return function;
  }

  // Effective to realised, for one function.
  Verdict judge_function(const JoinedFunction& function, const FunctionCell& cell) const {
    Verdict verdict;
    const UnitCell* const asked = asked_for(cell.property);
    if (cell.realised == LayerState::kHeld) {
      verdict.fate = Fate::kHeld;
      return verdict;
    }
    if (material_.layers == nullptr) {
      verdict.why = "its unit was never analysed";
      return verdict;
    }
    if (!is_missing(function, cell)) {
      verdict.fate = cell.realised == LayerState::kUnknown ? Fate::kUnknown : Fate::kNotApplicable;
      verdict.why = cell.detail;
      return verdict;
    }
    if (asked != nullptr && asked->verdict.fate != Fate::kHeld)
      return asked->verdict;  // lost before, for all functions
    return judge_missing(function, cell.property, asked == nullptr ? Level::kAdvisory : asked->asked.level);
  }

  // The audit alone sees the arrays that a function keeps; the source knows more: which functions owe a canary for the
  // address of a plain local, and which call nothing that could be checked. A cold half owes nothing of its own.
  static bool is_missing(const JoinedFunction& function, const FunctionCell& cell) {
    const bool whole = source_symbol(function.symbol) == function.symbol;
    if (cell.property == "canary" && cell.realised == LayerState::kNotApplicable)
      return whole && function.expects_canary;
    if (cell.property == "fortify" && function.fortifiable_calls == 0) return false;
    return cell.realised == LayerState::kMissing || cell.realised == LayerState::kUnsupported;
  }

  // Its unit asked for the protection, its machine code lacks it: the source did it, or nobody knows who.
  Verdict judge_missing(const JoinedFunction& function, const std::string& property, Level level) const {
    Verdict verdict;
    verdict.level = level;
    verdict.where = function.where;
    for (const std::string& rule : function.weakened_by)
      if (weakens(rule, property)) return blame_source(function, rule, std::move(verdict));
    verdict.fate = Fate::kMachineCode;
    verdict.rule = kNotRealised.id;
    verdict.why = fmt::format("not realised in machine code: {} has no {} although its unit asked for it",
                              function.symbol, property);
    return verdict;
  }

  Verdict blame_source(const JoinedFunction& function, const std::string& rule, Verdict verdict) const {
    verdict.fate = Fate::kSource;
    verdict.rule = rule;
    if (const Finding* const finding = nearest(rule, function.where)) {
      verdict.where = finding->where;
      take_waiver(*finding, verdict);
    }
    verdict.why = fmt::format("weakened in source: {} at {}", rule, place(verdict.where));
    return verdict;
  }

  // The finding of `rule` that lies closest to the function: an attribute may stand on the lines before its name.
  const Finding* nearest(std::string_view rule, const Location& where) const {
    const Finding* best = nullptr;
    const auto distance = [&where](const Finding& finding) {
      return finding.where.line > where.line ? finding.where.line - where.line : where.line - finding.where.line;
    };
    for (const Finding& finding : material_.findings) {
      if (finding.rule != rule || finding.where.file != where.file) continue;
      if (best == nullptr || distance(finding) < distance(*best)) best = &finding;
    }
    return best;
  }

  // The cell of the unit: the first layer where any of its functions lost the protection.
  void conclude_cell(const std::string& property, UnitCell& cell) const {
    if (property.empty()) return;
    const Verdict* worst = nullptr;
    for (const JoinedFunction& function : unit_.functions) {
      for (const FunctionCell& one : function.cells) {
        if (one.property != property) continue;
        count(one.realised, cell.realised);
        if (is_lost(one.verdict.fate) && (worst == nullptr || worse(one.verdict, *worst))) worst = &one.verdict;
      }
    }
    if (cell.verdict.fate == Fate::kNotApplicable && cell.asked.state == LayerState::kUnknown && worst != nullptr) {
      cell.verdict = *worst;  // a property that only the audit knows
      return;
    }
    if (cell.verdict.fate != Fate::kHeld) return;
    if (worst != nullptr) {
      cell.verdict = *worst;
    } else if (const Finding* const finding = weakening_outside_functions(property)) {
      cell.verdict = {Fate::kSource,
                      fmt::format("weakened in source: {} at {}", finding->rule, place(finding->where)),
                      finding->rule,
                      finding->where,
                      Level::kMust,
                      {},
                      {}};
      take_waiver(*finding, cell.verdict);
    }
  }

  static void count(LayerState state, RealisedCounts& counts) {
    unsigned* const slots[] = {&counts.held, &counts.missing, &counts.not_applicable, &counts.unknown, &counts.unknown};
    ++*slots[static_cast<std::size_t>(state)];
  }

  static bool worse(const Verdict& a, const Verdict& b) {
    if (a.blocks() != b.blocks()) return a.blocks();
    return a.fate < b.fate;
  }

  // A pragma or macro that weakens the whole unit, or a function of which no machine code tells the outcome.
  const Finding* weakening_outside_functions(const std::string& property) const {
    const Finding* best = nullptr;
    for (const Finding& finding : material_.findings) {
      if (!weakens(finding.rule, property) || is_answered(finding, property)) continue;
      if (best == nullptr || (!best->waived_by.empty() && finding.waived_by.empty())) best = &finding;
    }
    return best;
  }

  // The machine code of the function in which the finding lies has been judged, so the finding itself adds nothing.
  bool is_answered(const Finding& finding, const std::string& property) const {
    return std::ranges::any_of(unit_.functions, [&](const JoinedFunction& function) {
      const bool blamed = std::ranges::find(function.weakened_by, finding.rule) != function.weakened_by.end();
      return blamed && nearest(finding.rule, function.where) == &finding &&
             std::ranges::find(function.cells, property, &FunctionCell::property) != function.cells.end();
    });
  }

  const UnitMaterial& material_;
  std::span<const Protection> protections_;
  JoinedUnit& unit_;
};

}  // namespace

void judge_unit(const UnitMaterial& material, std::span<const Protection> protections, JoinedUnit& unit) {
  UnitJoin(material, protections, unit).judge();
}

void conclude_unit(const UnitMaterial& material, std::span<const Protection> protections, JoinedUnit& unit) {
  UnitJoin(material, protections, unit).conclude();
}

}  // namespace proofmark::report
