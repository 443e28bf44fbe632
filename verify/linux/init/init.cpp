// SPDX-License-Identifier: Apache-2.0
//
// proofmark-init: the first process of a device. It mounts what the board says, checks the bundle of each medium in turn,
// and executes the first program of the first medium that is what was signed. When none is, it ends as the board says; it
// never starts anything unchecked.
#include <linux/errno.h>

#include "boot_policy_data.h"
#include "kernel.h"
#include "measurement.h"
#include "medium.h"
#include "module.h"
#include "names.h"
#include "report.h"
#include "rollback.h"
#include "start.h"
#include "state_file.h"

namespace proofmark::linux_init {
namespace {

constexpr int kOutput = 1;

bool is_device(const char* source) {
  for (const char* prefix = "/dev/"; *prefix != '\0'; ++prefix, ++source) {
    if (*source != *prefix) return false;
  }
  return true;
}

bool mount_everything() {
  for (const Mount& mount : kMounts) {
    make_directory(mount.target);
    if (is_device(mount.source)) {
      take_console();
      load_modules();
      wait_for(mount.source);
    }
    const long code = mount_at(mount.source, mount.target, mount.type, mount.flags);
    // A kernel with CONFIG_DEVTMPFS_MOUNT may have been here first.
    if (code == 0 || code == -EBUSY) continue;
    take_console();
    say_refused({"mount", false, 0}, mount.target, PM_REFUSED_BOOT_MOUNT);
    return false;
  }
  take_console();
  return true;
}

// What has to be there before any medium is looked at.
bool prepare() {
  if (!mount_everything()) return false;
  load_modules();
  return measure_start() == PM_ACCEPTED;
}

// After START or SWITCH_ROOT nothing is where it was, so no further medium can be tried.
bool is_final(pm_verdict verdict) {
  return verdict == PM_REFUSED_BOOT_START || verdict == PM_REFUSED_BOOT_SWITCH_ROOT || verdict == PM_REFUSED;
}

pm_verdict try_medium(const Place& place, const Medium& medium, pm_role role, Rollback* limits) {
  Boot boot = {place, &medium, role, limits, nullptr};
  const pm_verdict verdict = boot_medium(&boot);
  say_refused(place, boot.refused_path, verdict);
  measure_refused(place, verdict);
  return verdict;
}

// Returns false when nothing further can be tried.
bool try_slot(Rollback* rollback, uint32_t slot) {
  const Place place = {"slot", true, slot};
  pm_verdict verdict = begin_attempt(rollback, slot);
  if (verdict == PM_ACCEPTED) {
    verdict = try_medium(place, kSlots[slot], PM_ROLE_BUNDLE, rollback);
  } else {
    say_refused(place, nullptr, verdict);
    measure_refused(place, verdict);
  }
  end_attempt(rollback, slot, verdict, !is_final(verdict));
  return !is_final(verdict);
}

// The recovery is older than the systems by its nature, so no versions limit it; what is compiled in does.
bool try_recovery(Rollback* rollback) {
  (void)begin_attempt(rollback, kRecoveryPlace);
  const pm_verdict verdict = try_medium({"recovery", false, 0}, kRecovery, PM_ROLE_RECOVERY, nullptr);
  end_attempt(rollback, kRecoveryPlace, verdict, !is_final(verdict));
  return !is_final(verdict);
}

bool open_state(Rollback* rollback) {
  static StateFile file;
  static StateIo io;
  const bool is_kept = kStatePath[0] != '\0';
  pm_verdict verdict = PM_REFUSED_BOOT_STATE_READ;
  if (is_kept) wait_for(kStatePath);
  if (!is_kept || open_state_file(kStatePath, &file)) {
    io = io_of(&file);
    verdict = open_rollback(kRollbackPolicy, is_kept ? &io : nullptr, rollback);
  }
  if (verdict == PM_ACCEPTED && rollback->is_new) say("state: no record, starting anew as the board says");
  if (verdict != PM_ACCEPTED) say_refused({"state", false, 0}, kStatePath, verdict);
  return verdict == PM_ACCEPTED;
}

void try_all_media() {
  Rollback rollback = {};
  bool goes_on = true;
  if (open_state(&rollback)) {
    for (uint32_t turn = 0; goes_on && turn < kSlotCount; ++turn) {
      goes_on = try_slot(&rollback, slot_of_turn(rollback, turn));
    }
  }
  if (goes_on && kHasRecovery) goes_on = try_recovery(&rollback);
  finish_rollback(&rollback, goes_on);
}

const char* ending_text() {
  switch (kEnding) {
    case Ending::kReboot:
      return "nothing to start: rebooting";
    case Ending::kPowerOff:
      return "nothing to start: powering off";
    default:
      return "nothing to start: halted";
  }
}

int explain() {
  linux_exec::Message()
      .add("proofmark-init " PROOFMARK_VERSION " for board ")
      .add(kBoard)
      .add(": runs as the first process only, from an initramfs")
      .write_to(kOutput);
  return 2;
}

}  // namespace
}  // namespace proofmark::linux_init

int proofmark::linux_exec::program_main(int, char**, char**) {
  using namespace proofmark::linux_init;
  if (process_id() != 1) return explain();
  if (prepare()) try_all_media();
  say(ending_text());
  end_system(kEnding);
}
