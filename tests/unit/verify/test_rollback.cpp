// SPDX-License-Identifier: Apache-2.0
//
// What a device remembers from boot to boot, on a medium that loses its power in every byte of every write: the record is
// always the one before or the one after, nothing that was reported as written is ever lost, and no version goes back.
#include "../../../verify/linux/init/rollback.h"

#include <cstring>

#include "support/fake_medium.h"
#include "support/harness.h"

namespace proofmark::verify_test {
namespace {

using namespace proofmark::linux_init;

constexpr uint8_t kTries = 3;
constexpr const Counter* kNoCounters[] = {nullptr};
constexpr RollbackPolicy kPolicy = {2, kTries, false, kNoCounters};

// A counter like those in hardware: out of reach of the record.
Versions remembered;
bool counter_fails;
bool counter_is_locked;
pm_verdict read_counter(Versions* newest) {
  *newest = remembered;
  return counter_fails ? PM_REFUSED_BOOT_STATE_READ : PM_ACCEPTED;
}
pm_verdict raise_counter(Versions versions) {
  if (counter_is_locked) return PM_REFUSED_BOOT_STATE_WRITE;
  remembered = versions;
  return PM_ACCEPTED;
}
pm_verdict lock_counter() {
  counter_is_locked = true;
  return PM_ACCEPTED;
}
constexpr Counter kCounter = {"test", read_counter, raise_counter, lock_counter};
constexpr const Counter* kOneCounter[] = {&kCounter, nullptr};
constexpr RollbackPolicy kPolicyWithCounter = {2, kTries, false, kOneCounter};
constexpr RollbackPolicy kPolicyThatStartsAnew = {2, kTries, true, kOneCounter};

FakeMedium* new_device() {
  static FakeMedium medium;
  medium = FakeMedium();
  remembered = {};
  counter_fails = false;
  counter_is_locked = false;
  assert_true(create_state(medium.io(), fresh_state(kTries)));
  return &medium;
}

BootState state_of(FakeMedium* medium) {
  StateCopies copies;
  assert_true(load_state(medium->io(), &copies) == Loaded::kGood);
  return copies.state;
}

// A boot of a slot whose system has these versions, as proofmark-init goes about it. Returns why it was not started.
pm_verdict start(FakeMedium* medium, const RollbackPolicy& policy, uint32_t slot, Versions versions) {
  Rollback rollback;
  const StateIo io = medium->io();
  counter_is_locked = false;
  pm_verdict verdict = open_rollback(policy, &io, &rollback);
  if (verdict == PM_ACCEPTED) verdict = begin_attempt(&rollback, slot);
  if (verdict != PM_ACCEPTED) return verdict;
  verdict = check_versions(rollback, versions);
  if (verdict == PM_ACCEPTED) verdict = propose(&rollback, versions);
  const pm_verdict locked = lock_counters(policy.counters);
  if (verdict == PM_ACCEPTED) verdict = locked;
  if (verdict == PM_ACCEPTED) return verdict;
  end_attempt(&rollback, slot, verdict, true);
  finish_rollback(&rollback, true);
  return verdict;
}

Committed commit(FakeMedium* medium) {
  StateCopies copies;
  if (load_state(medium->io(), &copies) != Loaded::kGood) return Committed::kCannotWrite;
  return commit_attempt(&copies, kTries);
}

void commit_system(FakeMedium* medium, uint32_t slot, Versions versions) {
  assert_int_equal(start(medium, kPolicy, slot, versions), PM_ACCEPTED);
  assert_true(commit(medium) == Committed::kNow);
}

void counts_only_what_was_reported_good(void**) {
  FakeMedium* medium = new_device();
  assert_int_equal(start(medium, kPolicy, 0, {7, 2}), PM_ACCEPTED);
  assert_int_equal(state_of(medium).committed.system, 0);
  assert_int_equal(start(medium, kPolicy, 1, {6, 1}), PM_ACCEPTED);
  commit_system(medium, 0, {7, 2});
  assert_int_equal(state_of(medium).committed.system, 7);
  assert_int_equal(state_of(medium).committed.store, 2);
  assert_true(commit(medium) == Committed::kBefore);
}

void refuses_what_is_older_than_what_was_committed(void**) {
  FakeMedium* medium = new_device();
  commit_system(medium, 0, {7, 2});
  assert_int_equal(start(medium, kPolicy, 1, {6, 2}), PM_REFUSED_BOOT_ROLLBACK);
  assert_int_equal(start(medium, kPolicy, 1, {8, 1}), PM_REFUSED_BOOT_STORE_GONE);
  assert_int_equal(start(medium, kPolicy, 1, {7, 2}), PM_ACCEPTED);
}

void commits_no_more_than_was_started(void**) {
  FakeMedium* medium = new_device();
  commit_system(medium, 0, {7, 2});
  // What was refused, a recovery, and a boot that ended before anything was started leave nothing to commit.
  assert_int_equal(start(medium, kPolicy, 1, {6, 2}), PM_REFUSED_BOOT_ROLLBACK);
  assert_true(commit(medium) == Committed::kNothing);
  Rollback rollback;
  const StateIo io = medium->io();
  assert_int_equal(open_rollback(kPolicy, &io, &rollback), PM_ACCEPTED);
  assert_int_equal(begin_attempt(&rollback, kRecoveryPlace), PM_ACCEPTED);
  assert_int_equal(propose(&rollback, {9, 9}), PM_ACCEPTED);
  assert_true(commit(medium) == Committed::kNothing);
  assert_int_equal(begin_attempt(&rollback, 1), PM_ACCEPTED);
  (void)commit(medium);
  assert_int_equal(state_of(medium).committed.system, 7);
}

void counts_tries_and_gives_them_back(void**) {
  FakeMedium* medium = new_device();
  for (unsigned i = 0; i < kTries; ++i) assert_int_equal(start(medium, kPolicy, 0, {7, 2}), PM_ACCEPTED);
  assert_int_equal(start(medium, kPolicy, 0, {7, 2}), PM_REFUSED_BOOT_TRIES);
  commit_system(medium, 1, {7, 2});
  assert_int_equal(state_of(medium).tries[0], 0);
  assert_int_equal(state_of(medium).tries[1], kTries);
  // A medium that is refused costs no try, so its own reason is seen at every boot.
  for (unsigned i = 0; i < 2 * kTries; ++i)
    assert_int_equal(start(medium, kPolicy, 1, {6, 2}), PM_REFUSED_BOOT_ROLLBACK);
}

void gives_tries_back_when_nothing_is_left(void**) {
  FakeMedium* medium = new_device();
  for (unsigned i = 0; i < kTries; ++i) assert_int_equal(start(medium, kPolicy, 0, {7, 2}), PM_ACCEPTED);
  Rollback rollback;
  const StateIo io = medium->io();
  assert_int_equal(open_rollback(kPolicy, &io, &rollback), PM_ACCEPTED);
  finish_rollback(&rollback, false);
  assert_int_equal(state_of(medium).tries[0], 0);
  finish_rollback(&rollback, true);
  assert_int_equal(state_of(medium).tries[0], kTries);
}

void tries_the_committed_slot_first(void**) {
  FakeMedium* medium = new_device();
  static const RollbackPolicy policy = {4, kTries, false, kNoCounters};
  Rollback rollback;
  const StateIo io = medium->io();
  assert_int_equal(open_rollback(policy, &io, &rollback), PM_ACCEPTED);
  const uint32_t orders[][4] = {{0, 1, 2, 3}, {1, 0, 2, 3}, {2, 0, 1, 3}, {3, 0, 1, 2}, {0, 1, 2, 3}};
  for (uint32_t first = 0; first < 5; ++first) {  // 4 is no slot of the board
    rollback.copies.state.first_slot = first;
    for (uint32_t turn = 0; turn < 4; ++turn) assert_int_equal(slot_of_turn(rollback, turn), orders[first][turn]);
  }
  commit_system(medium, 1, {1, 1});
  assert_int_equal(state_of(medium).first_slot, 1);
}

void keeps_the_first_reason_until_a_commit(void**) {
  FakeMedium* medium = new_device();
  commit_system(medium, 0, {7, 2});
  assert_int_equal(start(medium, kPolicy, 1, {6, 2}), PM_REFUSED_BOOT_ROLLBACK);
  assert_int_equal(start(medium, kPolicy, 0, {8, 1}), PM_REFUSED_BOOT_STORE_GONE);
  assert_int_equal(state_of(medium).reason, PM_REFUSED_BOOT_ROLLBACK);
  assert_int_equal(state_of(medium).reason_place, 1);
  commit_system(medium, 0, {7, 2});
  assert_int_equal(state_of(medium).reason, 0);
}

void refuses_a_lost_record_unless_the_board_starts_anew(void**) {
  FakeMedium* medium = new_device();
  medium->wipe();
  assert_int_equal(start(medium, kPolicy, 0, {7, 2}), PM_REFUSED_BOOT_STATE_LOST);
  assert_int_equal(start(medium, kPolicyThatStartsAnew, 0, {7, 2}), PM_ACCEPTED);
  // What a counter remembers is not lost with the record.
  medium->wipe();
  remembered = {8, 2};
  assert_int_equal(start(medium, kPolicyThatStartsAnew, 0, {7, 2}), PM_REFUSED_BOOT_ROLLBACK);
  medium->make_unreadable(0, kStateSize);
  assert_int_equal(start(medium, kPolicyThatStartsAnew, 0, {9, 2}), PM_REFUSED_BOOT_STATE_READ);
}

void refuses_a_slot_whose_try_cannot_be_counted(void**) {
  FakeMedium* medium = new_device();
  medium->refuse_writes(true);
  assert_int_equal(start(medium, kPolicy, 0, {7, 2}), PM_REFUSED_BOOT_STATE_WRITE);
  Rollback rollback;
  const StateIo io = medium->io();
  assert_int_equal(open_rollback(kPolicy, &io, &rollback), PM_ACCEPTED);
  assert_int_equal(begin_attempt(&rollback, kRecoveryPlace), PM_ACCEPTED);
}

void raises_counters_in_the_boot_after_the_commit(void**) {
  FakeMedium* medium = new_device();
  assert_int_equal(start(medium, kPolicyWithCounter, 0, {7, 2}), PM_ACCEPTED);
  assert_true(commit(medium) == Committed::kNow);
  assert_int_equal(remembered.system, 0);
  assert_true(counter_is_locked);
  assert_int_equal(start(medium, kPolicyWithCounter, 1, {8, 3}), PM_ACCEPTED);
  assert_int_equal(remembered.system, 7);
  assert_int_equal(remembered.store, 2);
  // A record that somebody made up stops systems, and raises nothing: no system of that version was checked.
  StateCopies copies;
  assert_true(load_state(medium->io(), &copies) == Loaded::kGood);
  copies.state.committed = {0xFFFFFFFF, 2};
  assert_true(save_state(&copies));
  assert_int_equal(start(medium, kPolicyWithCounter, 0, {9, 9}), PM_REFUSED_BOOT_ROLLBACK);
  assert_int_equal(remembered.system, 7);
  // The record alone can be set back; the counter still refuses.
  assert_true(create_state(medium->io(), fresh_state(kTries)));
  assert_int_equal(start(medium, kPolicyWithCounter, 0, {6, 2}), PM_REFUSED_BOOT_ROLLBACK);
  counter_fails = true;
  assert_int_equal(start(medium, kPolicyWithCounter, 0, {7, 2}), PM_REFUSED_BOOT_STATE_READ);
}

void finds_every_changed_byte_of_a_copy(void**) {
  for (size_t at = 0; at < 96; ++at) {
    FakeMedium* medium = new_device();
    commit_system(medium, 0, {7, 2});
    const uint64_t newest = state_of(medium).sequence;
    medium->spoil(at);
    medium->spoil(kSecondCopyOffset + at);
    StateCopies copies;
    assert_true(load_state(medium->io(), &copies) == Loaded::kLost);
    medium->spoil(newest % 2 == 1 ? kSecondCopyOffset + at : at);  // whole again; the newer one is not
    assert_true(load_state(medium->io(), &copies) == Loaded::kGood);
    assert_true(newest - copies.state.sequence <= 1);
    assert_true(save_state(&copies));  // over the bad one
    assert_int_equal(state_of(medium).sequence, copies.state.sequence);
  }
}

// After the last number the first would come, and the copy with it would be taken for the older one for good.
void refuses_to_write_after_the_last_number(void**) {
  FakeMedium* medium = new_device();
  StateCopies copies;
  assert_true(load_state(medium->io(), &copies) == Loaded::kGood);
  copies.state.sequence = ~uint64_t{0} - 1;
  assert_true(save_state(&copies));
  assert_false(save_state(&copies));
  assert_int_equal(start(medium, kPolicy, 0, {7, 2}), PM_REFUSED_BOOT_STATE_WRITE);
}

bool is_same(const BootState& left, const BootState& right) {
  return left.sequence == right.sequence && left.committed.system == right.committed.system &&
         left.committed.store == right.committed.store && left.attempt == right.attempt &&
         left.proposed.system == right.proposed.system && left.first_slot == right.first_slot &&
         left.reason == right.reason && memcmp(left.tries, right.tries, sizeof left.tries) == 0;
}

// Months of a device in some boots: updates that work, one that does not, a fallback, a refusal, a recovery.
void live(FakeMedium* medium) {
  (void)start(medium, kPolicy, 0, {5, 1});
  (void)commit(medium);
  (void)start(medium, kPolicy, 1, {6, 1});
  (void)start(medium, kPolicy, 1, {6, 1});
  (void)start(medium, kPolicy, 0, {5, 1});
  (void)commit(medium);
  (void)start(medium, kPolicy, 1, {4, 1});
  (void)start(medium, kPolicy, 1, {7, 2});
  (void)commit(medium);
  (void)start(medium, kPolicy, 0, {5, 2});
  (void)start(medium, kPolicy, 1, {7, 2});
  (void)commit(medium);
}

// All states that the medium has in an undisturbed life, by number of writes.
constexpr size_t kMostWrites = 64;
BootState undisturbed[kMostWrites + 1];

size_t record_life() {
  FakeMedium* medium = new_device();
  const size_t first = medium->writes();
  live(medium);
  const size_t writes = medium->writes() - first;
  assert_in_range(writes, 16, kMostWrites);
  for (size_t write = 0; write <= writes; ++write) {
    medium = new_device();
    medium->cut_at(write, 0);
    live(medium);
    medium->power_on();
    undisturbed[write] = state_of(medium);
  }
  return writes;
}

void loses_nothing_wherever_the_power_is_cut(void**) {
  const size_t writes = record_life();
  size_t cuts = 0;
  for (size_t write = 0; write < writes; ++write) {
    for (size_t bytes = 0; bytes <= kStateBlockSize; bytes += bytes < 128 ? 1 : 496) {
      FakeMedium* medium = new_device();
      medium->cut_at(write, bytes);
      live(medium);
      assert_false(medium->has_power());
      medium->power_on();
      const BootState found = state_of(medium);
      const bool is_before = is_same(found, undisturbed[write]);
      const bool is_after = is_same(found, undisturbed[write + 1]);
      assert_true(bytes < 96 ? is_before : is_after);
      // And the device lives on: the next write replaces the torn copy.
      const uint32_t slot = found.tries[1] != 0 ? 1 : 0;
      assert_int_equal(start(medium, kPolicy, slot, {9, 9}), PM_ACCEPTED);
      assert_true(commit(medium) == Committed::kNow);
      assert_int_equal(state_of(medium).committed.system, 9);
      ++cuts;
    }
  }
  print_message("%zu writes, power cut at %zu points\n", writes, cuts);
}

// Some media answer with an error where a sector was torn.
void goes_on_beside_a_copy_that_cannot_be_read(void**) {
  FakeMedium* medium = new_device();
  commit_system(medium, 0, {7, 2});
  medium->make_unreadable(state_of(medium).sequence % 2 == 1 ? kSecondCopyOffset : 0, 512);
  assert_int_equal(state_of(medium).committed.system, 7);
}

// What save_state() reported as written is there when the power goes at once.
void waits_until_a_write_survives(void**) {
  FakeMedium* medium = new_device();
  StateCopies copies;
  assert_true(load_state(medium->io(), &copies) == Loaded::kGood);
  for (uint32_t i = 1; i < 10; ++i) {
    copies.state.committed.system = i;
    assert_true(save_state(&copies));
    medium->cut_now();
    assert_int_equal(state_of(medium).committed.system, i);
  }
}

}  // namespace
}  // namespace proofmark::verify_test

using namespace proofmark::verify_test;

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(counts_only_what_was_reported_good),
      cmocka_unit_test(refuses_what_is_older_than_what_was_committed),
      cmocka_unit_test(commits_no_more_than_was_started),
      cmocka_unit_test(counts_tries_and_gives_them_back),
      cmocka_unit_test(gives_tries_back_when_nothing_is_left),
      cmocka_unit_test(tries_the_committed_slot_first),
      cmocka_unit_test(keeps_the_first_reason_until_a_commit),
      cmocka_unit_test(refuses_a_lost_record_unless_the_board_starts_anew),
      cmocka_unit_test(refuses_a_slot_whose_try_cannot_be_counted),
      cmocka_unit_test(raises_counters_in_the_boot_after_the_commit),
      cmocka_unit_test(finds_every_changed_byte_of_a_copy),
      cmocka_unit_test(refuses_to_write_after_the_last_number),
      cmocka_unit_test(loses_nothing_wherever_the_power_is_cut),
      cmocka_unit_test(goes_on_beside_a_copy_that_cannot_be_read),
      cmocka_unit_test(waits_until_a_write_survives),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
