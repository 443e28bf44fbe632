// SPDX-License-Identifier: Apache-2.0
//
// The device's one TPM, for all that proofmark-init does with it: its second name can only be opened once.
#pragma once

#include "tpm.h"

namespace proofmark::linux_init {

// Opens the TPM the first time, waiting for its device as long as the board says. Returns PM_ACCEPTED and the TPM, or, each
// time, the reason why there is none.
[[nodiscard]] pm_verdict open_shared_tpm(Tpm** tpm);

// What a failure is about, for the console: the device, and the TPM's own number when it gave one.
[[nodiscard]] const char* describe_tpm(pm_verdict verdict);

}  // namespace proofmark::linux_init
