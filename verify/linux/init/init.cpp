// SPDX-License-Identifier: Apache-2.0
//
// proofmark-init: the first process of a device. It mounts what the board says, checks the bundle of each medium in turn,
// and executes the first program of the first medium that is what was signed. When none is, it ends as the board says; it
// never starts anything unchecked.
#include <linux/errno.h>

#include "boot_policy_data.h"
#include "kernel.h"
#include "medium.h"
#include "names.h"
#include "report.h"
#include "start.h"

namespace proofmark::linux_init {
namespace {

constexpr int kOutput = 1;

bool mount_everything() {
  for (const Mount& mount : kMounts) {
    make_directory(mount.target);
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

// After START or SWITCH_ROOT nothing is where it was, so no further medium can be tried.
bool is_final(pm_verdict verdict) {
  return verdict == PM_REFUSED_BOOT_START || verdict == PM_REFUSED_BOOT_SWITCH_ROOT || verdict == PM_REFUSED;
}

pm_verdict try_medium(const Place& place, const Medium& medium, pm_role role) {
  Boot boot = {place, &medium, role, 0, nullptr};
  const pm_verdict verdict = boot_medium(&boot);
  say_refused(place, boot.refused_path, verdict);
  return verdict;
}

void try_all_media() {
  uint64_t number = 0;
  for (const Medium& slot : kSlots) {
    if (is_final(try_medium({"slot", true, number}, slot, PM_ROLE_BUNDLE))) return;
    ++number;
  }
  if (kHasRecovery) (void)try_medium({"recovery", false, 0}, kRecovery, PM_ROLE_RECOVERY);
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
  if (mount_everything()) try_all_media();
  say(ending_text());
  end_system(kEnding);
}
