// SPDX-License-Identifier: Apache-2.0
//
// Fuzz target for the record of the first process. Whoever can write its medium writes two copies, whole by their digest; then
// the device boots and commits. Whatever stands there: a version that is in force never goes back, no system below it is
// started, a counter beside it never exceeds a version that was checked, and the record stays whole.
//
// Input: a byte (bits 0 and 1: leave the digest of that copy as it is), two copies of 96 bytes, then three bytes per boot: what
// happens, security version, version of the trust store.
#include <proofmark/hash.h>

#include <cstdlib>
#include <cstring>

#include "../../verify/linux/init/rollback.h"
#include "../unit/verify/support/fake_medium.h"

using namespace proofmark::linux_init;

namespace {

constexpr size_t kRecordSize = 96;
constexpr size_t kCoveredSize = 64;
constexpr uint8_t kTries = 3;
constexpr uint32_t kSlots = 3;

Versions remembered;
Versions highest_checked;

pm_verdict read_counter(Versions* newest) {
  *newest = remembered;
  return PM_ACCEPTED;
}
pm_verdict raise_counter(Versions versions) {
  remembered = versions;
  return PM_ACCEPTED;
}
pm_verdict lock_counter() {
  return PM_ACCEPTED;
}

constexpr Counter kCounter = {"fuzz", read_counter, raise_counter, lock_counter};
constexpr const Counter* kCounters[] = {&kCounter, nullptr};

void require(bool holds) {
  if (!holds) std::abort();
}

bool put_copy(FakeMedium* medium, uint64_t offset, const uint8_t* bytes, bool is_whole) {
  uint8_t record[kRecordSize];
  std::memcpy(record, bytes, sizeof record);
  if (is_whole) {
    pm_sha256 hash;
    pm_sha256_start(&hash, pm_portable_hash_kernel());
    pm_sha256_update(&hash, record, kCoveredSize);
    pm_sha256_finish(&hash, record + kCoveredSize);
  }
  const StateIo io = medium->io();
  return io.write(io.context, offset, record, sizeof record) && io.sync(io.context);
}

void boot(FakeMedium* medium, const RollbackPolicy& policy, uint8_t what, Versions versions) {
  Rollback rollback;
  const StateIo io = medium->io();
  if (open_rollback(policy, &io, &rollback) != PM_ACCEPTED) return;
  bool seen[kSlots] = {};
  for (uint32_t turn = 0; turn < kSlots; ++turn) {
    const uint32_t slot = slot_of_turn(rollback, turn);
    require(slot < kSlots && !seen[slot]);
    seen[slot] = true;
  }
  const uint32_t place = what % 8 == 7 ? kRecoveryPlace : slot_of_turn(rollback, what % kSlots);
  pm_verdict verdict = begin_attempt(&rollback, place);
  if (verdict == PM_ACCEPTED) verdict = place == kRecoveryPlace ? PM_ACCEPTED : check_versions(rollback, versions);
  if (verdict == PM_ACCEPTED && place != kRecoveryPlace) {
    require(versions.system >= rollback.newest.system && versions.store >= rollback.newest.store);
    highest_checked.system = versions.system > highest_checked.system ? versions.system : highest_checked.system;
    highest_checked.store = versions.store > highest_checked.store ? versions.store : highest_checked.store;
  }
  if (verdict == PM_ACCEPTED) verdict = propose(&rollback, versions);
  require(remembered.system <= highest_checked.system && remembered.store <= highest_checked.store);
  if (verdict == PM_ACCEPTED) return;
  end_attempt(&rollback, place, verdict, (what & 16) != 0);
  finish_rollback(&rollback, (what & 32) != 0);
}

void commit(FakeMedium* medium) {
  StateCopies copies;
  if (load_state(medium->io(), &copies) != Loaded::kGood) return;
  const Versions before = copies.state.committed;
  const Versions proposed = copies.state.proposed;
  const Committed result = commit_attempt(&copies, kTries);
  if (result == Committed::kCannotWrite) {
    require(copies.state.sequence == ~uint64_t{0});
    return;
  }
  const Versions after = copies.state.committed;
  require(after.system == before.system || after.system == proposed.system);
  require(after.store == before.store || after.store == proposed.store);
  require(load_state(medium->io(), &copies) == Loaded::kGood && copies.state.committed.system == after.system);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1 + 2 * kRecordSize) return 0;
  static FakeMedium medium;
  medium = FakeMedium();
  remembered = {};
  highest_checked = {};
  require(put_copy(&medium, 0, data + 1, (data[0] & 1) == 0));
  require(put_copy(&medium, kSecondCopyOffset, data + 1 + kRecordSize, (data[0] & 2) == 0));
  const RollbackPolicy policy = {kSlots, kTries, (data[0] & 4) != 0, kCounters};

  StateCopies copies;
  Versions in_force = {};
  bool was_whole = load_state(medium.io(), &copies) == Loaded::kGood;
  if (was_whole) in_force = copies.state.committed;
  for (size_t at = 1 + 2 * kRecordSize; at + 3 <= size; at += 3) {
    if ((data[at] & 64) != 0) commit(&medium);
    boot(&medium, policy, data[at], {data[at + 1], data[at + 2]});
    const bool is_whole = load_state(medium.io(), &copies) == Loaded::kGood;
    require(is_whole || !was_whole);
    require(copies.state.committed.system >= in_force.system && copies.state.committed.store >= in_force.store);
    was_whole = is_whole;
    in_force = copies.state.committed;
  }
  return 0;
}
