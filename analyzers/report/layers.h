// SPDX-License-Identifier: Apache-2.0
//
// What each layer of a build says about each protection: requested on the command line, effective in the compiler,
// weakened in the source, realised in the machine code. `check` writes the first three per unit, `audit` the last per
// function, and `report` joins them to name the layer where a protection was lost. Larger than evidence by far, so it
// is a file of its own (--layers FILE) that contains the evidence it belongs to; `sign` never reads it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "report/evidence.h"

namespace proofmark::report {

enum class LayerState {
  kHeld,           // the protection is there
  kMissing,        // it is not, and should be
  kNotApplicable,  // it has no meaning here: no buffer in the function, another architecture
  kUnsupported,    // the compiler does not have it
  kUnknown,        // this layer cannot tell
};

// "held", "missing", "not-applicable", "unsupported", "unknown".
std::string_view layer_state_name(LayerState state);

// How one flag rule stands in one unit.
struct UnitProtection {
  std::string rule;       // "PMF003"
  std::string property;   // of kPropertyNames, or empty when the rule establishes none
  std::string requested;  // the words of the command that decide, "-fstack-protector-strong -fno-stack-protector"
  std::string effective;  // what the compiler makes of them, "none"
  LayerState state = LayerState::kUnknown;
  std::string reason;          // why it is missing, not applicable or unsupported
  Level level = Level::kMust;  // how much the policy insists on the rule

  bool operator==(const UnitProtection&) const = default;
};

// A function as its source asks to be protected.
struct SourceFunction {
  std::string symbol;  // linkage name
  Location where;
  unsigned last_line = 0;                // of its body
  bool expects_canary = false;           // -fstack-protector-strong must place one
  unsigned fortifiable_calls = 0;        // calls of library functions that have a checked variant
  std::vector<std::string> weakened_by;  // rules whose findings lie in this function, sorted

  bool operator==(const SourceFunction&) const = default;
};

struct UnitLayers {
  std::string name;      // CheckedUnit::name
  std::string compiler;  // "GCC 12.2.0 for aarch64-linux-gnu"
  std::vector<UnitProtection> protections;
  std::vector<SourceFunction> functions;

  bool operator==(const UnitLayers&) const = default;
};

// How one protection stands in the machine code of one function.
struct RealisedProtection {
  std::string property;  // of kPropertyNames
  LayerState state = LayerState::kUnknown;
  std::string detail;  // "calls __stack_chk_fail", "first instruction is push %rbp, not endbr64"

  bool operator==(const RealisedProtection&) const = default;
};

struct RealisedFunction {
  std::string symbol;  // linkage name, or "sub_<address>" in a stripped file
  std::string unit;    // DWARF name of its unit; empty when there is no DWARF for it
  std::string origin;  // "libc.a(printf.o)" from the link map, else empty
  std::uint64_t address = 0, size = 0;
  std::vector<RealisedProtection> protections;
  std::vector<std::string> disassembly;  // what shows it, a few instructions; only when something is missing

  bool operator==(const RealisedFunction&) const = default;
};

struct Layers {
  Evidence evidence;
  std::vector<UnitLayers> units;            // kind check
  std::vector<RealisedFunction> functions;  // kind audit
};

std::string layers_to_json(const Layers& layers);
Result<Layers> layers_from_json(std::string_view text, const std::string& origin);

// The JSON form of one source function, also used between the processes of a check.
nlohmann::json source_function_to_json(const SourceFunction& function);
Result<SourceFunction> source_function_from_json(const nlohmann::json& json, std::string_view origin);

Result<Layers> read_layers(const std::filesystem::path& file);

// Joins the layers of several checks of one build as merge() joins their evidence; a unit that is in two parts alike is
// kept once.
Result<Layers> merge_layers(const std::vector<Layers>& parts);

}  // namespace proofmark::report
