// SPDX-License-Identifier: Apache-2.0
//
// See bundle_gate.h. What is no ELF file needs no proof: the bundle itself says what it must be.
#include "proofmark/sign/bundle_gate.h"

#include <elf.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

namespace proofmark::sign {
namespace {

// What cannot be read is no answer: taken for no ELF file, it would need no mark.
Result<bool> is_elf(const std::string& path, int fd) {
  std::array<std::uint8_t, SELFMAG> magic{};
  if (read_fully(fd, 0, magic)) return std::memcmp(magic.data(), ELFMAG, SELFMAG) == 0;
  if (errno == 0) return false;
  return unknown(printable(path), fmt::format("cannot be read: {}", std::strerror(errno)));
}

bool is_unmarked(pm_verdict verdict) {
  return verdict == PM_REFUSED_UNSIGNED || verdict == PM_REFUSED_UNSIGNED_SHORT;
}

}  // namespace

Result<void> BundleGate::inspect(std::size_t index, const BundleEntry& entry, int fd) {
  const auto elf = is_elf(entry.path, fd);
  if (!elf) return tl::unexpected(elf.error());
  if (!*elf) return {};
  std::string objection = objection_to(entry, fd);
  const std::lock_guard lock(mutex_);
  ++elf_files_;
  if (!objection.empty()) objections_.emplace(index, std::move(objection));
  return {};
}

// Empty when there is none.
std::string BundleGate::objection_to(const BundleEntry& entry, int fd) {
  const auto mark = tree_.open_file(entry.path + PM_DETACHED_SUFFIX);
  return objection_to_mark(entry, fd, mark ? mark->get() : -1);
}

std::string BundleGate::objection_to_mark(const BundleEntry& entry, int fd, int mark_fd) {
  Verification check;
  TrustRequest trust = trust_;
  for (const auto& board : boards_) {
    trust.board = board.name;
    check.run(fd, mark_fd, trust);
    const std::string path = printable(entry.path);
    if (is_unmarked(check.verdict())) return fmt::format("{}: ELF file without a mark", path);
    if (trust.keys.empty()) return {};  // objected to once, for all
    if (check.verdict() != PM_ACCEPTED)
      return fmt::format("{}: its mark is refused for board {}: {}: {}", path, board.name,
                         static_cast<unsigned>(check.verdict()), pm_verdict_text(check.verdict()));
    if (!std::equal(board.policy_digest.begin(), board.policy_digest.end(), check.result().manifest.policy))
      return fmt::format("{}: proved by another policy than that of board {} (expected {} {}, found {})", path,
                         board.name, board.policy, to_hex(board.policy_digest),
                         to_hex({check.result().manifest.policy, PM_DIGEST_SIZE}));
  }
  if (!boards_.empty()) take(check.result().manifest);
  return {};
}

void BundleGate::take(const pm_manifest& manifest) {
  const std::lock_guard lock(mutex_);
  properties_ &= manifest.properties;
  units_ += manifest.units_total;
  waivers_ += manifest.waivers;
}

GateAnswer BundleGate::answer() const {
  const std::lock_guard lock(mutex_);
  GateAnswer answer;
  if (boards_.empty()) answer.objections.emplace_back("no board was named, so no policy applies");
  if (trust_.keys.empty()) answer.objections.emplace_back("no trusted key was named (--trust), so no mark counts");
  if (elf_files_ == 0) answer.objections.emplace_back("there is no ELF file in it, so nothing was proved");
  for (const auto& [index, objection] : objections_) answer.objections.push_back(objection);
  if (!boards_.empty()) answer.proof.policy = boards_.front().policy_digest;
  answer.proof.units_total = answer.proof.units_analysed = units_;
  answer.proof.waivers = waivers_;
  if (!answer.objections.empty()) return answer;
  answer.proof.status = PM_PROVEN;
  answer.proof.properties = properties_ & ((std::uint64_t{1} << PM_PROPERTY_COUNT) - 1);
  return answer;
}

}  // namespace proofmark::sign
