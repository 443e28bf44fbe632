// SPDX-License-Identifier: Apache-2.0
//
// What this device trusts and demands, fixed when the program is built (proofmark_add_exec() in CMakeLists.txt).
#pragma once

#include <proofmark/verify.h>

namespace proofmark::linux_exec {

// The trust with which every program is checked; `machine` is the one this program was built for.
[[nodiscard]] pm_trust device_trust();

// True when TEST keys are refused.
[[nodiscard]] bool is_release();

// True when the environment variable `entry` ("NAME=value") may be passed on: it is in the fixed safe set or in the mark's
// list. LD_* never is, whatever the mark says.
[[nodiscard]] bool may_pass(const char* entry, const pm_manifest& manifest);

}  // namespace proofmark::linux_exec
