// SPDX-License-Identifier: Apache-2.0
//
// The questions of the gate, in order: is the evidence about this board, this policy and this file, did it pass, and does it
// cover every unit and every archive that went into the file. Each "no" becomes one line that names the thing.
#include <elf.h>

#include <algorithm>
#include <initializer_list>

#include <fmt/format.h>

#include "proofmark/sign/evidence.h"
#include "proofmark/sign/version.h"

namespace proofmark::sign {
namespace {

constexpr std::uint64_t kAllProperties = (std::uint64_t{1} << PM_PROPERTY_COUNT) - 1;

constexpr std::uint64_t bits(std::initializer_list<unsigned> properties) {
  std::uint64_t mask = 0;
  for (const unsigned property : properties) mask |= std::uint64_t{1} << property;
  return mask;
}

// Which kind of evidence can see which property. A library that nobody compiled may lack what every unit has, so where
// both can see, both must have seen it.
constexpr std::uint64_t kSeenByAudit =
    bits({PM_PROPERTY_STATIC, PM_PROPERTY_PIE, PM_PROPERTY_RELRO, PM_PROPERTY_BIND_NOW, PM_PROPERTY_NX_STACK,
          PM_PROPERTY_NO_WRITABLE_CODE, PM_PROPERTY_NO_TEXTREL, PM_PROPERTY_CANARY, PM_PROPERTY_FORTIFY,
          PM_PROPERTY_BRANCH_PROTECTION, PM_PROPERTY_STACK_CLASH, PM_PROPERTY_NO_BUILD_PATH, PM_PROPERTY_NO_RUNPATH});
constexpr std::uint64_t kSeenByCheck = bits(
    {PM_PROPERTY_PIE, PM_PROPERTY_CANARY, PM_PROPERTY_FORTIFY, PM_PROPERTY_BRANCH_PROTECTION, PM_PROPERTY_STACK_CLASH,
     PM_PROPERTY_AUTO_VAR_INIT, PM_PROPERTY_NO_BUILD_PATH, PM_PROPERTY_WARNINGS_AS_ERRORS, PM_PROPERTY_PATH_SENSITIVE});
static_assert((kSeenByAudit | kSeenByCheck) == kAllProperties, "a property that nothing can establish");

std::string machine_name(std::uint16_t machine) {
  switch (machine) {
    case 0:
      return "data";
    case EM_X86_64:
      return "x86_64";
    case EM_AARCH64:
      return "aarch64";
    default:
      return fmt::format("machine {}", machine);
  }
}

// What the evidence for one board adds up to.
struct Tally {
  std::set<std::string> analysed, linked;
  std::map<std::string, std::vector<const SourceState*>> sources;
  std::uint64_t check_properties = kAllProperties, audit_properties = kAllProperties;
  std::uint64_t findings = 0, waived = 0;
  int checks = 0, audits = 0;
};

class Gate {
 public:
  explicit Gate(const GateRequest& request) : request_(request) {}

  GateAnswer run() {
    if (request_.boards.empty()) object("no board was named, so no policy applies");
    for (const auto& evidence : request_.evidence) {
      const bool known = std::any_of(request_.boards.begin(), request_.boards.end(),
                                     [&](const auto& board) { return board.name == evidence.board; });
      if (!known)
        object(fmt::format("{}: is for another board (expected {}, found {})", evidence.path, board_names(),
                           evidence.board));
    }
    std::uint64_t properties = kAllProperties;
    for (const auto& board : request_.boards) properties &= examine_board(board);
    answer_.proof.policy = request_.boards.empty() ? Digest{} : request_.boards.front().policy_digest;
    answer_.proof.units_total = total_.size();
    answer_.proof.units_analysed = total_.size() - missing_.size();
    if (answer_.objections.empty()) {
      answer_.proof.status = PM_PROVEN;
      answer_.proof.properties = properties;
    }
    return std::move(answer_);
  }

 private:
  void object(std::string line) { answer_.objections.push_back(std::move(line)); }

  std::string board_names() const {
    std::vector<std::string> names;
    for (const auto& board : request_.boards) names.push_back(board.name);
    return fmt::format("{}", fmt::join(names, " or "));
  }

  std::string no_audit(const BoardFacts& board) const {
    const std::string expected =
        request_.artifact ? fmt::format(" (expected artifact {})", to_hex(*request_.artifact)) : std::string();
    return fmt::format("no audit of this file for board {}{}", board.name, expected);
  }

  // Returns the properties that hold on this board.
  std::uint64_t examine_board(const BoardFacts& board) {
    const std::string machine = machine_name(request_.machine);
    if (!board.machine.empty() && request_.machine != 0 && board.machine != machine)
      object(fmt::format("the file is for another machine than board {} (expected {}, found {})", board.name,
                         board.machine, machine));
    if (board.policy_digest != request_.boards.front().policy_digest)
      object(fmt::format("board {} has another policy than board {}; sign for each of them", board.name,
                         request_.boards.front().name));

    Tally tally;
    for (const auto& evidence : request_.evidence) {
      if (evidence.board == board.name) take(evidence, board, tally);
    }
    if (tally.checks == 0) object(fmt::format("no evidence of a check for board {}", board.name));
    if (tally.audits == 0) object(no_audit(board));
    for (const auto& unit : tally.linked) {
      total_.insert(unit);
      for (const SourceState* source : tally.sources[unit]) {
        if (is_stale(*source))
          object(fmt::format("source changed since it was analysed for board {}: {}", board.name, source->path));
      }
      if (tally.analysed.contains(unit)) continue;
      missing_.insert(unit);
      object(fmt::format("unit was not analysed for board {}: {}", board.name, unit));
    }
    answer_.proof.findings += tally.findings;
    answer_.proof.waivers += tally.waived;
    if (tally.checks == 0 || tally.audits == 0) return 0;
    return (tally.check_properties | ~kSeenByCheck) & (tally.audit_properties | ~kSeenByAudit) & kAllProperties;
  }

  void take(const Evidence& evidence, const BoardFacts& board, Tally& tally) {
    const bool audit = evidence.kind == EvidenceKind::kAudit;
    // The audit of another file is of no interest, whatever it found there.
    if (audit && evidence.artifact != request_.artifact) return;
    if (evidence.policy_digest != board.policy_digest)
      object(fmt::format("{}: judged by another policy (expected {} {}, found {} {})", evidence.path, board.policy,
                         to_hex(board.policy_digest), evidence.policy, to_hex(evidence.policy_digest)));
    const char* tool = audit ? "proofmark-elf" : "proofmark-analyze";
    if (evidence.tool != tool || evidence.tool_version != linked_version())
      object(fmt::format("{}: made by another tool (expected {} {}, found {} {})", evidence.path, tool,
                         linked_version(), evidence.tool, evidence.tool_version));
    if (!evidence.pass) object(fmt::format("{}: the verdict is fail ({} findings)", evidence.path, evidence.findings));
    if (evidence.pass && evidence.findings > 0)
      object(fmt::format("{}: passes in spite of {} findings", evidence.path, evidence.findings));
    for (const auto& archive : evidence.prebuilt)
      object(fmt::format("{}: prebuilt archive without a waiver: {}", evidence.path, archive));
    tally.findings += evidence.findings;
    tally.waived += evidence.waived;
    if (audit)
      take_audit(evidence, tally);
    else
      take_check(evidence, tally);
  }

  void take_audit(const Evidence& evidence, Tally& tally) {
    ++tally.audits;
    tally.audit_properties &= evidence.properties;
    tally.linked.insert(evidence.units.begin(), evidence.units.end());
    if (evidence.units.empty())
      object(
          fmt::format("{}: names no unit, so nothing can be compared with the check (was the file audited with its "
                      "debug information?)",
                      evidence.path));
    if (request_.debug && evidence.debug && *request_.debug != *evidence.debug)
      object(fmt::format("{}: audited with another debug archive (expected {}, found {})", evidence.path,
                         to_hex(*request_.debug), to_hex(*evidence.debug)));
  }

  void take_check(const Evidence& evidence, Tally& tally) {
    constexpr std::uint64_t kPaths = bits({PM_PROPERTY_PATH_SENSITIVE});
    // check claims this property exactly when it followed paths as far as the policy asks for, in every unit.
    if (evidence.pass && !evidence.units.empty() && (evidence.properties & kPaths) == 0)
      object(fmt::format("{}: paths were followed less far than the policy asks for (check --tier)", evidence.path));
    for (const auto& [unit, source] : evidence.sources) tally.sources[unit].push_back(&source);
    ++tally.checks;
    tally.check_properties &= evidence.properties;
    tally.analysed.insert(evidence.units.begin(), evidence.units.end());
  }

  const GateRequest& request_;
  GateAnswer answer_;
  std::set<std::string> total_, missing_;
};

}  // namespace

GateAnswer examine(const GateRequest& request) {
  return Gate(request).run();
}

}  // namespace proofmark::sign
