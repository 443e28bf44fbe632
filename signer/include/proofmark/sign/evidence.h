// SPDX-License-Identifier: Apache-2.0
//
// The gate: nothing is signed as proven that was not proved. Reads the evidence that `proofmark check` and `proofmark audit`
// wrote, holds it against the file and the board's policy, and says exactly what is missing.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "proofmark/sign/manifest.h"

namespace proofmark::sign {

struct BoardFacts {
  std::string name;
  std::string machine;  // "x86_64", "aarch64"; empty when the board does not say
  std::string policy;   // name
  Digest policy_digest{};
};

// A board by name (a file in `boards_dir`, its keys looked up along "inherits") or by the path of its file.
Result<BoardFacts> load_board(const std::filesystem::path& boards_dir, const std::string& name);

enum class EvidenceKind { kCheck, kAudit };

// The source of a unit as it was analysed.
struct SourceState {
  std::string path;
  std::string sha256;  // hex
};

struct Evidence {
  std::string path;
  std::string tool, tool_version;
  EvidenceKind kind = EvidenceKind::kCheck;
  std::string board;
  std::string policy;  // name
  Digest policy_digest{};
  bool pass = false;
  std::uint64_t properties = 0;
  std::uint64_t findings = 0, waived = 0;
  std::set<std::string> units;                 // check: analysed; audit: found in the file's debug information
  std::map<std::string, SourceState> sources;  // check: of each analysed unit
  Digest artifact{};                           // audit: the file as audited
  std::vector<std::string> prebuilt;           // audit: archives that no waiver covers
  std::optional<Digest> debug;                 // audit: the debug archive
};

// True when the source is on this machine and is not what was analysed. On a machine without the sources nothing is stale.
bool is_stale(const SourceState& source);

Result<Evidence> read_evidence(const std::filesystem::path& path);

struct GateRequest {
  std::vector<BoardFacts> boards;
  std::vector<Evidence> evidence;
  std::optional<Digest> artifact;  // SHA-256 of the file to be signed; without it no audit counts
  std::uint16_t machine = 0;
  std::optional<Digest> debug;  // SHA-256 of the debug archive that the caller names
};

struct GateAnswer {
  Proof proof;                          // proven when there is no objection
  std::vector<std::string> objections;  // each a line of its own
};

GateAnswer examine(const GateRequest& request);

}  // namespace proofmark::sign
