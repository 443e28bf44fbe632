// SPDX-License-Identifier: Apache-2.0
//
// Joins what the layers of one build say (layers.h) into one picture: for every protection of every unit and function,
// whether the running code has it, and if not, the first layer where it was lost. Nothing is computed from sources or
// ELF files here; the answer is as good as the layers files, so those that do not belong together are refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/date.h"
#include "report/layers.h"
#include "report/report.h"
#include "report/waivers.h"

namespace proofmark::report {

// What became of a protection. From kNeverRequested on it is lost, in the order of the layers.
enum class Fate {
  kHeld,
  kNotApplicable,
  kUnknown,
  kNeverRequested,  // no word of the command asks for it
  kOverridden,      // the command asks for it, and takes it back or makes it void
  kUnsupported,     // the compiler does not have it
  kSource,          // an attribute, a pragma or a call in the source takes it away
  kMachineCode,     // asked for by all layers above, and the compiler made no such code
  kLink,            // in every unit, and not in the linked file
};

// "held", "not-applicable", "unknown", "never-requested", "overridden", "unsupported", "source", "machine-code", "link".
std::string_view fate_name(Fate fate);
// For people: "overridden on the command line".
std::string_view fate_phrase(Fate fate);
constexpr bool is_lost(Fate fate) {
  return fate >= Fate::kNeverRequested;
}

struct Verdict {
  Fate fate = Fate::kUnknown;
  std::string why;            // one sentence, empty when held
  std::string rule;           // whose finding shows the loss, empty when none does
  Location where;             // the cause, or the function that lost it
  Level level = Level::kOff;  // how much the policy insists
  std::string waived_by, waiver_reason;

  bool blocks() const { return is_lost(fate) && level == Level::kMust && waived_by.empty(); }
};

// A column of the matrix: one flag rule, or a property that only the audit knows (`rule` empty).
struct Protection {
  std::string rule;       // "PMF003"
  std::string property;   // "canary", or empty when the rule establishes none
  std::string name = {};  // for people, when there is no property to name it by: "strict-aliasing"

  // What machine output calls it.
  const std::string& label() const { return property.empty() ? rule : property; }
  const std::string& title() const { return property.empty() && !name.empty() ? name : label(); }
  bool operator==(const Protection&) const = default;
};

// How often each state was realised in the functions of a unit.
struct RealisedCounts {
  unsigned held = 0, missing = 0, not_applicable = 0, unknown = 0;
};

struct UnitCell {
  UnitProtection asked;  // requested and effective; state kUnknown when the unit was never checked
  RealisedCounts realised;
  Verdict verdict;
};

struct FunctionCell {
  std::string property;
  LayerState realised = LayerState::kUnknown;
  std::string detail;
  Verdict verdict;
};

struct JoinedFunction {
  std::string symbol;
  Location where;  // of its source; no line when check knows no such function
  unsigned last_line = 0;
  bool has_code = false;  // false: inlined, merged with an equal one or dropped by the linker
  bool expects_canary = false;
  unsigned fortifiable_calls = 0;
  std::vector<std::string> weakened_by;
  std::uint64_t address = 0, size = 0;
  std::vector<FunctionCell> cells;
  std::vector<std::string> disassembly;
};

enum class Coverage {
  kProved,         // analysed, and in the ELF file
  kFailed,         // check could not analyse it
  kNeverAnalysed,  // in the ELF file, unknown to check
  kNotLinked,      // analysed, but not in the ELF file
};

// "analysed", "failed", "never-analysed", "not-in-elf".
std::string_view coverage_name(Coverage coverage);

struct JoinedUnit {
  std::string name;    // as DWARF calls it
  std::string source;  // as the compilation database calls it; empty when never analysed
  std::string compiler;
  Coverage coverage = Coverage::kProved;
  std::vector<UnitCell> cells;  // one per Picture::protections
  std::vector<JoinedFunction> functions;
  std::vector<Finding> findings;  // of check, those that show a loss or not
};

struct LinkedProperty {
  std::string property;
  Verdict verdict;
};

// Code whose source no analyzer saw.
struct JoinedPrebuilt {
  Prebuilt archive;
  unsigned functions = 0;
};

// One loss, as a reader wants it listed: of a unit, of a function in it, or of the linked file (both names empty).
struct Loss {
  std::string unit, symbol;
  std::string protection;  // Protection::label
  Verdict verdict;
};

struct Picture {
  std::string board, policy, policy_sha256;
  std::optional<Artifact> artifact;  // absent without layers of audit
  std::vector<Protection> protections;
  std::vector<JoinedUnit> units;  // sorted by name
  std::vector<LinkedProperty> linked;
  std::vector<Finding> file_findings;  // of audit
  std::vector<JoinedPrebuilt> prebuilt;
  std::vector<Loss> losses;           // sorted: blocking first, then by layer and place
  std::vector<std::string> unproved;  // why the answer is incomplete, empty when it is not
  std::vector<Finding> own_findings;  // PMX101, PMX102 and those about the waivers given
  WaivedCounts waived;                // of all findings
  std::vector<Waiver> source_waivers;

  unsigned units_with(Coverage coverage) const;
  // kCannotTell when the answer is incomplete, else kNo when a loss blocks.
  ExitCode verdict() const;
};

extern const RuleInfo kNotRealised;   // PMX101
extern const RuleInfo kUnitUnproved;  // PMX102

struct JoinOptions {
  std::vector<Waivers> waivers;  // for the report's own findings
  std::filesystem::path root;    // what their places are relative to
  Date today{};
};

// The parts of one build in any order: layers of check for its units, layers of audit for one ELF file. An error when
// they are for different boards or policies, disagree about a unit, or tell of two ELF files.
Result<Picture> join(const std::vector<Layers>& parts, const JoinOptions& options);

}  // namespace proofmark::report
