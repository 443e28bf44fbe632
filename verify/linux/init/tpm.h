// SPDX-License-Identifier: Apache-2.0
//
// A TPM 2.0 behind the kernel's character device: the few commands that the first process needs, as bytes (TCG TPM 2.0
// Library, part 3). Bounded in memory and time; an answer that is not exactly what the command must get is a refusal.
// Addresses on the bus between processor and TPM are not authenticated: whoever sits there is out of reach of this code.
#pragma once

#include <proofmark/verdict.h>

#include <stddef.h>
#include <stdint.h>

namespace proofmark::linux_init {

constexpr unsigned kTpmDigestSize = 32;  // SHA-256, the only bank that is used

struct Tpm {
  int descriptor = -1;
  unsigned timeout_ms = 5000;  // per command; the kernel's own limits for these commands are shorter
  uint32_t code = 0;           // the TPM's response code, with PM_REFUSED_TPM_CODE
};

// Stores the value of a PCR. PM_REFUSED_TPM_BANK: the TPM has no SHA-256 bank in use, so that it would take every
// extension and keep none.
[[nodiscard]] pm_verdict tpm_read_pcr(Tpm* tpm, unsigned pcr, uint8_t value[kTpmDigestSize]);

// PCR = SHA-256(PCR || digest).
[[nodiscard]] pm_verdict tpm_extend_pcr(Tpm* tpm, unsigned pcr, const uint8_t digest[kTpmDigestSize]);

}  // namespace proofmark::linux_init
