// SPDX-License-Identifier: Apache-2.0
//
// Evidence files: what `check` and `audit` saw and concluded, in the form that `sign` reads. The signer strikes a mark
// only on an ELF file whose every unit is in such a file, so a unit left out here blocks, it never passes silently.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "report/report.h"
#include "report/waivers.h"

namespace proofmark::report {

// The names of the hardening properties, in the order of their bits in the mark's manifest (docs/format.md).
inline constexpr std::string_view kPropertyNames[] = {
    "static",           "pie",           "relro",         "bind-now",   "nx-stack",
    "no-writable-code", "no-textrel",    "canary",        "fortify",    "branch-protection",
    "stack-clash",      "auto-var-init", "no-build-path", "no-runpath", "warnings-as-errors",
    "path-sensitive"};

enum class EvidenceKind { kCheck, kAudit };

// A translation unit that `check` looked at.
struct CheckedUnit {
  std::string name;    // absolute, after the command's own prefix maps: what DWARF will call it
  std::string source;  // as in the compilation database
  std::string source_sha256;
  std::string command_sha256;
  bool analysed = false;  // false: it could not be parsed or analysed
};

// The ELF file that `audit` looked at.
struct Artifact {
  std::string sha256;
  std::uint64_t size = 0;
  std::string build_id;  // hex, empty when the file has none
  std::string machine;   // "x86_64", "aarch64"
  std::string link;      // "static-pie", "static", "dynamic", "shared", "relocatable"
};

// An archive or object file linked in that carries no debug information, so that no analyzer saw its source.
struct Prebuilt {
  std::string archive;                             // base name, "libc.a"
  unsigned members = 0;                            // how many of its members are in the ELF file
  bool waived = false;                             // accepted by the policy, not expired
  std::string waived_by = {}, waiver_reason = {};  // owner and reason of that waiver
};

struct DebugFile {
  std::string path;
  std::string sha256;
};

struct Evidence {
  EvidenceKind kind = EvidenceKind::kCheck;
  std::string tool, tool_version;
  std::string board;
  std::string policy, policy_sha256;
  bool passed = false;
  std::vector<std::string> properties;  // of kPropertyNames, held by every unit or by the ELF file
  Counts counts;
  std::vector<Finding> findings;
  WaiverTerms waiver_terms;  // of the policy

  std::vector<CheckedUnit> units;      // check only
  std::vector<Waiver> source_waivers;  // check only: those that comments of the units' sources hold

  Artifact artifact;                   // audit only, like all that follow
  std::vector<std::string> elf_units;  // DW_AT_name of every compile unit, absolute, sorted
  std::vector<Prebuilt> prebuilt;
  std::optional<DebugFile> debug;
};

// Sets counts and verdict from the findings; `incomplete` (a unit failed) never passes.
void conclude(Evidence& evidence, bool incomplete);

std::string evidence_to_json(const Evidence& evidence);
Result<Evidence> evidence_from_json(std::string_view text, const std::string& origin);
Result<Evidence> read_evidence(const std::filesystem::path& file);

// Joins the check evidence of several shards of one build: units united, properties intersected, findings united. The
// parts must be of kind check with the same board and policy. A unit that failed in one part and was analysed in
// another counts as failed; one with two different sources or commands is an error.
Result<Evidence> merge(const std::vector<Evidence>& parts);

}  // namespace proofmark::report
