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

// The most variables that a mark and the fixed safe set can let through.
constexpr unsigned kMostVariables = PM_ENVIRONMENT_MAX + 16;

// Stores those entries of `environment` ("NAME=value") in `passed` that may be handed on: those in the fixed safe set and
// those that the mark names; of entries with the same name the first. LD_* never is, whatever the mark says.
void choose_environment(char** environment, const pm_manifest& manifest, char* passed[kMostVariables + 1]);

}  // namespace proofmark::linux_exec
