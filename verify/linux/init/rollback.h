// SPDX-License-Identifier: Apache-2.0
//
// Which slot is tried, how often, and how old a system may be. What happens when:
//
//     open_rollback()     once, after the mounts. Refused: no slot may be started, only the recovery
//     begin_attempt()     before a medium is even mounted: one try less, for good
//     end_attempt()       the medium was refused
//     check_versions()    the medium is what was signed: is it new enough
//     propose()           right before it is started: what runs now is recorded; counters go up to what was committed
//     commit_attempt()    the running system says that it works (proofmark-state commit): its versions are in force
//     lock_counters()     before anything is started, the recovery included
//
// So the first process only believes a report of success as far as it has itself checked a system of that version, and what
// the running system can raise at all is the record in its own reach. A counter outside of that reach (see below) is raised
// in the next boot, when a system of at least that version was checked again; libavb does the same (avb_ab_flow.c).
//
// To add a kind of counter: one file with one constant of the type Counter, its name in _proofmark_boot_counters() of
// add_init.cmake. A TPM's NV index, an RPMB partition and a U-Boot environment all fit: two numbers, read, raised, locked.
#pragma once

#include <proofmark/verdict.h>

#include "boot_state.h"

namespace proofmark::linux_init {

// A place besides the record that remembers the newest versions, out of reach of who can write the record's medium.
struct Counter {
  const char* name;  // for the console: "TPM"
  // What is remembered; zeros on a counter that was never raised. Returns PM_ACCEPTED or why it cannot be read, which
  // refuses every slot.
  pm_verdict (*read)(Versions* newest);
  // Makes it remember at least `versions`, each number by itself: what is higher already stays. Survives a power cut when
  // it returns PM_ACCEPTED; else the number that refuses the slot. Called only when something would change.
  pm_verdict (*raise)(Versions versions);
  // From now until the next reset nobody can raise it. PM_ACCEPTED also where the hardware has no such lock or no such
  // counter; anything else: nothing may be started.
  pm_verdict (*lock)();
};

struct RollbackPolicy {
  uint32_t slot_count;
  uint8_t tries;                   // that a slot gets
  bool start_anew;                 // a lost record is one of a new device; else it refuses every slot
  const Counter* const* counters;  // NULL behind the last
};

struct Rollback {
  const RollbackPolicy* policy;
  bool is_kept;  // false: the board keeps no state, and everything passes
  bool is_new;   // the record was lost, and the board says to start anew
  StateCopies copies;
  Versions newest;  // in force: the record and all counters
};

// `io` is NULL when the board keeps no state. PM_ACCEPTED, or why no slot may be started.
[[nodiscard]] pm_verdict open_rollback(const RollbackPolicy& policy, const StateIo* io, Rollback* rollback);

// The slot to try as number `turn`, 0 to slot_count - 1: the first slot of the record, then the others in the board's order.
[[nodiscard]] uint32_t slot_of_turn(const Rollback& rollback, uint32_t turn);

// `place`: a slot, or kRecoveryPlace, which needs no tries and no state that can be written.
[[nodiscard]] pm_verdict begin_attempt(Rollback* rollback, uint32_t place);
// The first reason is kept, and, when the medium was refused before anything was done with it, the try comes back: it has
// hurt nobody. Both are written with the next attempt, or by finish_rollback().
void end_attempt(Rollback* rollback, uint32_t place, pm_verdict reason, bool is_untouched);

[[nodiscard]] pm_verdict check_versions(const Rollback& rollback, Versions versions);
[[nodiscard]] pm_verdict propose(Rollback* rollback, Versions versions);
[[nodiscard]] pm_verdict lock_counters(const Counter* const* counters);

// Nothing runs: writes what is to be remembered. When all media were tried, slots without tries get theirs back, so that
// power cuts in a row never make a device useless for good.
void finish_rollback(Rollback* rollback, bool all_were_tried);

enum class Committed {
  kNow,
  kBefore,   // by an earlier call
  kNothing,  // no slot's system runs: a recovery, or none that was started by proofmark-init
  kCannotWrite,
};
// In the running system. Raises the record to the versions that were proposed, gives the slot its tries back and makes it
// the first one.
[[nodiscard]] Committed commit_attempt(StateCopies* copies, uint8_t tries);

}  // namespace proofmark::linux_init
