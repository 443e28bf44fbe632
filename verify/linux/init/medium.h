// SPDX-License-Identifier: Apache-2.0
//
// One medium that a system may come from: mounted, its trust store and bundle checked, its tree compared with the bundle,
// and its first program started. Any refusal leaves it unmounted again, so that the next one can be tried.
#pragma once

#include <proofmark/bundle.h>

#include "boot_policy.h"
#include "report.h"

namespace proofmark::linux_init {

struct Boot {
  Place place;
  const Medium* medium;
  pm_role role;                       // whose keys count
  uint32_t minimum_security_version;  // besides what is compiled in and what the trust store says
  const char* refused_path;           // set with a refusal that is about one file
};

// Returns only when the medium was refused, with the number of the refusal.
[[nodiscard]] pm_verdict boot_medium(Boot* boot);

}  // namespace proofmark::linux_init
