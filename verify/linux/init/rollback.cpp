// SPDX-License-Identifier: Apache-2.0
//
// See rollback.h.
#include "rollback.h"

namespace proofmark::linux_init {
namespace {

bool is_slot(const Rollback& rollback, uint32_t place) {
  return place < rollback.policy->slot_count;
}

uint32_t larger(uint32_t left, uint32_t right) {
  return left > right ? left : right;
}

Versions larger(const Versions& left, const Versions& right) {
  return {larger(left.system, right.system), larger(left.store, right.store)};
}

bool is_above(const Versions& left, const Versions& right) {
  return left.system > right.system || left.store > right.store;
}

pm_verdict load(Rollback* rollback, const StateIo& io) {
  const Loaded loaded = load_state(io, &rollback->copies);
  if (loaded == Loaded::kGood) return PM_ACCEPTED;
  if (loaded == Loaded::kUnreadable) return PM_REFUSED_BOOT_STATE_READ;
  if (!rollback->policy->start_anew) return PM_REFUSED_BOOT_STATE_LOST;
  rollback->is_new = true;
  rollback->copies.state = fresh_state(rollback->policy->tries);
  return PM_ACCEPTED;
}

pm_verdict raise_counters(const Rollback& rollback) {
  const Versions& committed = rollback.copies.state.committed;
  for (const Counter* const* counter = rollback.policy->counters; *counter != nullptr; ++counter) {
    Versions now = {};
    pm_verdict verdict = (*counter)->read(&now);
    if (verdict == PM_ACCEPTED && is_above(committed, now)) verdict = (*counter)->raise(committed);
    if (verdict != PM_ACCEPTED) return verdict;
  }
  return PM_ACCEPTED;
}

}  // namespace

pm_verdict open_rollback(const RollbackPolicy& policy, const StateIo* io, Rollback* rollback) {
  *rollback = {&policy, io != nullptr, false, {}, {}};
  if (io == nullptr) return PM_ACCEPTED;
  pm_verdict verdict = load(rollback, *io);
  if (verdict != PM_ACCEPTED) {
    rollback->is_kept = false;
    return verdict;
  }
  rollback->newest = rollback->copies.state.committed;
  for (const Counter* const* counter = policy.counters; *counter != nullptr; ++counter) {
    Versions versions = {};
    verdict = (*counter)->read(&versions);
    if (verdict != PM_ACCEPTED) return verdict;
    rollback->newest = larger(rollback->newest, versions);
  }
  return PM_ACCEPTED;
}

uint32_t slot_of_turn(const Rollback& rollback, uint32_t turn) {
  const uint32_t first = rollback.is_kept ? rollback.copies.state.first_slot : 0;
  if (!is_slot(rollback, first)) return turn;
  if (turn == 0) return first;
  return turn <= first ? turn - 1 : turn;
}

pm_verdict begin_attempt(Rollback* rollback, uint32_t place) {
  if (!rollback->is_kept) return PM_ACCEPTED;
  BootState& state = rollback->copies.state;
  if (is_slot(*rollback, place)) {
    if (state.tries[place] == 0) return PM_REFUSED_BOOT_TRIES;
    --state.tries[place];
  }
  state.attempt = place;
  state.proposed = {};
  const bool saved = save_state(&rollback->copies);
  return saved || !is_slot(*rollback, place) ? PM_ACCEPTED : PM_REFUSED_BOOT_STATE_WRITE;
}

void end_attempt(Rollback* rollback, uint32_t place, pm_verdict reason, bool is_untouched) {
  if (!rollback->is_kept) return;
  BootState& state = rollback->copies.state;
  if (is_untouched && reason != PM_REFUSED_BOOT_TRIES && is_slot(*rollback, place)) ++state.tries[place];
  state.attempt = kNoPlace;
  state.proposed = {};
  if (state.reason != 0) return;
  state.reason = reason;
  state.reason_place = place;
}

pm_verdict check_versions(const Rollback& rollback, Versions versions) {
  if (!rollback.is_kept) return PM_ACCEPTED;
  if (versions.store < rollback.newest.store) return PM_REFUSED_BOOT_STORE_GONE;
  return versions.system < rollback.newest.system ? PM_REFUSED_BOOT_ROLLBACK : PM_ACCEPTED;
}

pm_verdict propose(Rollback* rollback, Versions versions) {
  if (!rollback->is_kept) return PM_ACCEPTED;
  if (!is_slot(*rollback, rollback->copies.state.attempt)) return PM_ACCEPTED;
  const pm_verdict verdict = raise_counters(*rollback);
  if (verdict != PM_ACCEPTED) return verdict;
  rollback->copies.state.proposed = versions;
  return save_state(&rollback->copies) ? PM_ACCEPTED : PM_REFUSED_BOOT_STATE_WRITE;
}

pm_verdict lock_counters(const Counter* const* counters) {
  for (; *counters != nullptr; ++counters) {
    const pm_verdict verdict = (*counters)->lock();
    if (verdict != PM_ACCEPTED) return verdict;
  }
  return PM_ACCEPTED;
}

void finish_rollback(Rollback* rollback, bool all_were_tried) {
  if (!rollback->is_kept) return;
  for (uint32_t slot = 0; all_were_tried && slot < rollback->policy->slot_count; ++slot) {
    uint8_t& left = rollback->copies.state.tries[slot];
    if (left == 0) left = rollback->policy->tries;
  }
  (void)save_state(&rollback->copies);
}

Committed commit_attempt(StateCopies* copies, uint8_t tries) {
  BootState& state = copies->state;
  if (state.attempt >= kMostSlots) return Committed::kNothing;
  const bool is_done = state.tries[state.attempt] == tries && state.first_slot == state.attempt && state.reason == 0 &&
                       !is_above(state.proposed, state.committed);
  if (is_done) return Committed::kBefore;
  state.committed = larger(state.committed, state.proposed);
  state.first_slot = state.attempt;
  state.tries[state.attempt] = tries;
  state.reason = 0;
  state.reason_place = kNoPlace;
  return save_state(copies) ? Committed::kNow : Committed::kCannotWrite;
}

}  // namespace proofmark::linux_init
