// SPDX-License-Identifier: Apache-2.0
//
// One medium that a system may come from: mounted, its trust store and bundle checked, its tree compared with the bundle,
// and its first program started. Any refusal leaves it unmounted again, so that the next one can be tried.
#pragma once

#include <proofmark/bundle.h>

#include "boot_policy.h"
#include "report.h"
#include "rollback.h"

namespace proofmark::linux_init {

struct Boot {
  Place place;
  const Medium* medium;
  pm_role role;              // whose keys count
  Rollback* rollback;        // how old it may be; NULL: as old as what is compiled in allows
  const char* refused_path;  // set with a refusal that is about one file
};

// Waits until the device is there. A controller may still be looking for its disks when the first process starts; all
// devices together are waited for at most as long as the board says.
void wait_for(const char* device);

// Returns only when the medium was refused, with the number of the refusal.
[[nodiscard]] pm_verdict boot_medium(Boot* boot);

}  // namespace proofmark::linux_init
