// SPDX-License-Identifier: Apache-2.0
//
// Eight bytes of a TPM's non-volatile memory, in an index that anybody may write until somebody locks it, and nobody from
// then on until the next reset (TPMA_NV_WRITE_STCLEAR). docs/measured-boot.md says how one is made.
#pragma once

#include "tpm.h"

namespace proofmark::linux_init {

constexpr unsigned kTpmNvSize = 8;

// Fails with PM_REFUSED_TPM_COUNTER when there is no such index, when it was never written, or when it is not one that can
// be locked: then what it says would be worth nothing.
[[nodiscard]] pm_verdict tpm_nv_read(Tpm* tpm, uint32_t index, uint8_t data[kTpmNvSize]);
[[nodiscard]] pm_verdict tpm_nv_write(Tpm* tpm, uint32_t index, const uint8_t data[kTpmNvSize]);
[[nodiscard]] pm_verdict tpm_nv_lock(Tpm* tpm, uint32_t index);

}  // namespace proofmark::linux_init
