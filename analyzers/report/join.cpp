// SPDX-License-Identifier: Apache-2.0
//
// Which parts belong together, which units are covered, what linking took away; see join.h. join_unit.cpp does the rest.
#include "report/join.h"

#include <algorithm>
#include <array>
#include <list>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "report/join_unit.h"
#include "report/rule_effects.h"
#include "report/twin_layers.h"

namespace proofmark::report {

const RuleInfo kNotRealised{"PMX101", "protection-not-realised",
                            "A protection that a unit asked for is in the machine code of its functions.", Level::kMust,
                            693};
const RuleInfo kUnitUnproved{"PMX102", "unit-not-analysed", "Every translation unit of the ELF file was analysed.",
                             Level::kMust, 1127};

namespace {

constexpr std::array<std::string_view, 9> kFates{"held",       "not-applicable", "unknown", "never-requested",
                                                 "overridden", "unsupported",    "source",  "machine-code",
                                                 "link"};
constexpr std::array<std::string_view, 9> kPhrases{"held",
                                                   "not applicable",
                                                   "unknown",
                                                   "never requested",
                                                   "overridden on the command line",
                                                   "not in the compiler",
                                                   "weakened in source",
                                                   "missing in machine code",
                                                   "lost at link"};
constexpr std::array<std::string_view, 4> kCoverages{"analysed", "failed", "never-analysed", "not-in-elf"};

struct UnitEntry {
  const CheckedUnit* checked = nullptr;
  UnitMaterial material;
  bool in_elf = false;
};

// PMF021 and up judge the step that links, in layers of its own. Its output is not a unit: what became of the file is the
// audit's to say.
bool is_link_step(const UnitLayers& unit) {
  return unit.functions.empty() && std::ranges::all_of(unit.protections, [](const UnitProtection& one) {
           return one.rule.starts_with("PMF") && one.rule >= "PMF021";
         });
}

class Join {
 public:
  Join(const std::vector<Layers>& parts, const JoinOptions& options) : parts_(parts), options_(options) {}

  Result<Picture> run() {
    if (auto fits = sort_parts(); !fits) return tl::unexpected(fits.error());
    collect_protections();
    if (auto collected = collect_units(); !collected) return tl::unexpected(collected.error());
    collect_findings();
    for (const auto& [name, entry] : entries_) add_unit(name, entry);
    add_own_findings();
    for (JoinedUnit& unit : picture_.units) conclude_unit(entries_[unit.name].material, picture_.protections, unit);
    add_linked();
    add_prebuilt();
    say_what_is_unproved();
    list_losses();
    count_waived_findings();
    return std::move(picture_);
  }

 private:
  Result<void> sort_parts() {
    if (parts_.empty()) return tl::unexpected(Error{"no layers to join", {}});
    const Evidence& first = parts_.front().evidence;
    for (const Layers& part : parts_) {
      const Evidence& evidence = part.evidence;
      if (evidence.board != first.board)
        return tl::unexpected(Error{
            fmt::format("the layers are for different boards (expected {}, found {})", first.board, evidence.board),
            "give the layers of one build"});
      if (evidence.policy_sha256 != first.policy_sha256)
        return tl::unexpected(
            Error{fmt::format("the layers are by different policies (expected {} {}, found {} {})", first.policy,
                              first.policy_sha256, evidence.policy, evidence.policy_sha256),
                  "give the layers of one build"});
      if (evidence.kind == EvidenceKind::kCheck) {
        checks_.push_back(&part);
      } else if (audit_ != nullptr) {
        return tl::unexpected(Error{"the layers tell of two ELF files", "make one report for each"});
      } else {
        audit_ = &part;
      }
    }
    picture_.board = first.board;
    picture_.policy = first.policy;
    picture_.policy_sha256 = first.policy_sha256;
    if (audit_ != nullptr) picture_.artifact = audit_->evidence.artifact;
    return {};
  }

  // Every flag rule that judged a unit, then what only the audit knows.
  void collect_protections() {
    std::set<std::pair<std::string, std::string>> rules;
    std::set<std::string> properties, only_realised;
    for (const Layers* const part : checks_)
      for (const UnitLayers& unit : part->units)
        for (const UnitProtection& one : unit.protections) {
          if (is_link_step(unit)) continue;
          rules.emplace(one.rule, one.property);
          properties.insert(one.property);
        }
    for (const RealisedFunction& function : realised())
      for (const RealisedProtection& one : function.protections)
        if (!properties.contains(one.property)) only_realised.insert(one.property);
    for (const auto& [rule, property] : rules) picture_.protections.push_back({rule, property});
    for (const std::string& property : only_realised) picture_.protections.push_back({"", property});
  }

  Result<void> collect_units() {
    for (const Layers* const part : checks_) {
      for (const CheckedUnit& unit : part->evidence.units) {
        UnitEntry& entry = entries_[unit.name];
        if (entry.checked == nullptr) entry.checked = &unit;
        if (entry.checked->source_sha256 != unit.source_sha256)
          return tl::unexpected(Error{fmt::format("{}: analysed from two different sources", unit.name),
                                      "the layers are of different builds; run check again on one build"});
        if (!unit.analysed) entry.checked = &unit;
      }
      for (const UnitLayers& unit : part->units) {
        const auto entry = entries_.find(unit.name);
        if (entry == entries_.end() && is_link_step(unit)) continue;
        if (entry == entries_.end())
          return tl::unexpected(Error{fmt::format("{}: has layers, but is not a unit of the evidence", unit.name), {}});
        const UnitLayers*& layers = entry->second.material.layers;
        layers = layers == nullptr ? &unit : &twins_.emplace_back(both_layers(*layers, unit));
      }
    }
    if (audit_ == nullptr) return {};
    for (const std::string& name : audit_->evidence.elf_units) entries_[name].in_elf = true;
    for (const RealisedFunction& function : audit_->functions) {
      if (function.unit.empty()) continue;  // no DWARF: it came out of a prebuilt archive
      UnitEntry& entry = entries_[function.unit];
      entry.in_elf = true;
      entry.material.realised.push_back(&function);
    }
    return {};
  }

  // A finding names its unit as the compilation database does.
  void collect_findings() {
    std::map<std::string_view, UnitEntry*> by_source;
    for (auto& [name, entry] : entries_) {
      by_source.try_emplace(name, &entry);
      if (entry.checked != nullptr) by_source.try_emplace(entry.checked->source, &entry);
    }
    for (const Layers* const part : checks_) {
      for (const Finding& finding : part->evidence.findings) {
        auto entry = by_source.find(finding.unit);
        if (entry == by_source.end()) entry = by_source.find(finding.where.file);
        if (entry == by_source.end()) {
          picture_.file_findings.push_back(finding);
        } else {
          entry->second->material.findings.push_back(finding);
        }
      }
    }
    if (audit_ == nullptr) return;
    const auto& found = audit_->evidence.findings;
    picture_.file_findings.insert(picture_.file_findings.end(), found.begin(), found.end());
  }

  void add_unit(const std::string& name, const UnitEntry& entry) {
    JoinedUnit unit;
    unit.name = name;
    if (entry.checked == nullptr) {
      unit.coverage = Coverage::kNeverAnalysed;
    } else {
      unit.source = entry.checked->source;
      if (!entry.checked->analysed)
        unit.coverage = Coverage::kFailed;
      else if (audit_ != nullptr && !entry.in_elf)
        unit.coverage = Coverage::kNotLinked;
    }
    judge_unit(entry.material, picture_.protections, unit);
    picture_.units.push_back(std::move(unit));
  }

  // What the audit says of the whole file, and the properties that every unit has and the file lost on the way.
  void add_linked() {
    if (audit_ == nullptr) return;
    std::map<std::string_view, Verdict> verdicts;
    for (const std::string& property : audit_->evidence.properties) verdicts[property].fate = Fate::kHeld;
    for (const Finding& finding : audit_->evidence.findings) {
      const std::string_view property = file_property(finding.rule);
      if (property.empty()) continue;
      Verdict& verdict = verdicts[property];
      // Of several findings the one that blocks decides.
      if (is_lost(verdict.fate) && (verdict.blocks() || !finding.blocks())) continue;
      verdict = {Fate::kLink,          "lost at link: " + finding.message,
                 finding.rule,         finding.where,
                 finding.level,        finding.waived_by,
                 finding.waiver_reason};
    }
    for (const std::string_view property : kPropertyNames)
      if (const auto found = verdicts.find(property); found != verdicts.end())
        picture_.linked.push_back({std::string(property), found->second});
    for (const LinkedProperty& linked : picture_.linked)
      if (is_lost(linked.verdict.fate) && linking_can_lose(linked.property)) lose_in_units(linked);
  }

  void lose_in_units(const LinkedProperty& linked) {
    for (std::size_t i = 0; i < picture_.protections.size(); ++i) {
      if (picture_.protections[i].property != linked.property) continue;
      for (JoinedUnit& unit : picture_.units)
        if (unit.cells[i].verdict.fate == Fate::kHeld && unit.coverage == Coverage::kProved)
          unit.cells[i].verdict = linked.verdict;
    }
  }

  void add_prebuilt() {
    if (audit_ == nullptr) return;
    std::map<std::string_view, unsigned> functions;
    for (const RealisedFunction& function : audit_->functions) {
      if (!function.unit.empty()) continue;
      const std::string_view origin = function.origin;
      ++functions[origin.substr(0, origin.find('('))];
    }
    for (const Prebuilt& one : audit_->evidence.prebuilt)
      picture_.prebuilt.push_back({one, functions.contains(one.archive) ? functions[one.archive] : 0});
  }

  void say_what_is_unproved() {
    if (checks_.empty()) picture_.unproved.emplace_back("no layers of check: nothing is known of the sources");
    if (audit_ == nullptr) picture_.unproved.emplace_back("no layers of audit: nothing is known of the machine code");
    for (const JoinedUnit& unit : picture_.units) {
      if (unit.coverage == Coverage::kFailed) picture_.unproved.push_back(unit.name + ": check could not analyse it");
      if (unit.coverage == Coverage::kNeverAnalysed)
        picture_.unproved.push_back(unit.name + ": in the ELF file, but never analysed");
    }
    for (const JoinedPrebuilt& one : picture_.prebuilt)
      if (!one.archive.waived)
        picture_.unproved.push_back(one.archive.archive + ": prebuilt, and no waiver of the policy accepts it");
  }

  void add_own_findings() {
    std::vector<Verdict*> verdicts;
    for (JoinedUnit& unit : picture_.units) {
      if (unit.coverage == Coverage::kNeverAnalysed) {
        add_own(kUnitUnproved, kUnitUnproved.default_level, "in the ELF file, but never analysed", {unit.name, 0, 0});
        verdicts.push_back(nullptr);
      }
      for (JoinedFunction& function : unit.functions) {
        for (FunctionCell& cell : function.cells) {
          if (cell.verdict.fate != Fate::kMachineCode) continue;
          add_own(kNotRealised, cell.verdict.level, cell.verdict.why, cell.verdict.where).unit = unit.name;
          verdicts.push_back(&cell.verdict);
        }
      }
    }
    const std::array rules{kNotRealised, kUnitUnproved};
    const WaiverContext context{rules, options_.root, options_.today, parts_.front().evidence.waiver_terms};
    for (const Waivers& waivers : options_.waivers) waivers.apply(picture_.own_findings, context);
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      if (verdicts[i] == nullptr) continue;
      verdicts[i]->waived_by = picture_.own_findings[i].waived_by;
      verdicts[i]->waiver_reason = picture_.own_findings[i].waiver_reason;
    }
    sort_and_deduplicate(picture_.own_findings);
  }

  Finding& add_own(const RuleInfo& rule, Level level, std::string message, Location where) {
    Finding& finding = picture_.own_findings.emplace_back(make_finding(rule, level, std::move(message)));
    finding.where = std::move(where);
    return finding;
  }

  void count_waived_findings() {
    std::vector<Finding> all = picture_.own_findings;
    for (const Layers& part : parts_) {
      all.insert(all.end(), part.evidence.findings.begin(), part.evidence.findings.end());
      const std::vector<Waiver>& comments = part.evidence.source_waivers;
      picture_.source_waivers.insert(picture_.source_waivers.end(), comments.begin(), comments.end());
    }
    sort_and_deduplicate(picture_.source_waivers);
    sort_and_deduplicate(all);
    picture_.waived = count_waived(all);
  }

  void list_losses() {
    for (const LinkedProperty& linked : picture_.linked) add_loss("", "", linked.property, linked.verdict);
    for (const JoinedUnit& unit : picture_.units) {
      for (std::size_t i = 0; i < unit.cells.size(); ++i) list_cell(unit, picture_.protections[i], unit.cells[i]);
    }
    std::ranges::sort(picture_.losses, [](const Loss& a, const Loss& b) { return order(a) < order(b); });
  }

  // Losses of functions are listed one by one, those of the flags once per unit, that of the link once.
  void list_cell(const JoinedUnit& unit, const Protection& protection, const UnitCell& cell) {
    if (cell.verdict.fate == Fate::kLink) return;
    bool listed = false;
    for (const JoinedFunction& function : unit.functions) {
      for (const FunctionCell& one : function.cells) {
        const bool own = one.verdict.fate == Fate::kSource || one.verdict.fate == Fate::kMachineCode;
        if (!own || one.property != protection.property) continue;
        add_loss(unit.name, function.symbol, protection.label(), one.verdict);
        listed = true;
      }
    }
    if (!listed) add_loss(unit.name, "", protection.label(), cell.verdict);
  }

  void add_loss(const std::string& unit, const std::string& symbol, const std::string& protection,
                const Verdict& verdict) {
    if (is_lost(verdict.fate)) picture_.losses.push_back({unit, symbol, protection, verdict});
  }

  static std::tuple<bool, Fate, const std::string&, const std::string&, const std::string&> order(const Loss& loss) {
    return {!loss.verdict.blocks(), loss.verdict.fate, loss.unit, loss.protection, loss.symbol};
  }

  const std::vector<RealisedFunction>& realised() const {
    static const std::vector<RealisedFunction> kNone;
    return audit_ == nullptr ? kNone : audit_->functions;
  }

  const std::vector<Layers>& parts_;
  const JoinOptions& options_;
  std::vector<const Layers*> checks_;
  const Layers* audit_ = nullptr;
  std::map<std::string, UnitEntry> entries_;
  std::list<UnitLayers> twins_;  // entries point into it
  Picture picture_;
};

}  // namespace

std::string_view fate_name(Fate fate) {
  return kFates.at(static_cast<std::size_t>(fate));
}

std::string_view fate_phrase(Fate fate) {
  return kPhrases.at(static_cast<std::size_t>(fate));
}

std::string_view coverage_name(Coverage coverage) {
  return kCoverages.at(static_cast<std::size_t>(coverage));
}

ExitCode Picture::verdict() const {
  if (!unproved.empty()) return ExitCode::kCannotTell;
  const bool blocked = std::ranges::any_of(losses, [](const Loss& loss) { return loss.verdict.blocks(); });
  return blocked ? ExitCode::kNo : ExitCode::kYes;
}

unsigned Picture::units_with(Coverage coverage) const {
  return static_cast<unsigned>(std::ranges::count(units, coverage, &JoinedUnit::coverage));
}

Result<Picture> join(const std::vector<Layers>& parts, const JoinOptions& options) {
  return Join(parts, options).run();
}

}  // namespace proofmark::report
