// SPDX-License-Identifier: Apache-2.0
//
// What was decided, extended into a PCR of the TPM before anything is started, so that somebody far away can ask the TPM
// what this device runs (docs/measured-boot.md). Each event is one line of text, its digest the SHA-256 of the text.
#pragma once

#include <proofmark/verify.h>

#include "report.h"

namespace proofmark::linux_init {

// Measures what is compiled in: the policy and the trust. Returns PM_ACCEPTED, also on a board that goes on without a
// TPM, or the refusal, which has been reported.
[[nodiscard]] pm_verdict measure_start();

// Measures that a medium was refused. What fails here is reported by measure_accepted(), before anything starts.
void measure_refused(const Place& place, pm_verdict verdict);

struct Acceptance {
  const pm_trust_set* trust;  // that decided about the bundle
  bool is_recovery;
  const uint8_t* content_digest;  // of the bundle
  uint32_t security_version;
  bool is_proven;
};
// Measures what is about to be started. Anything but PM_ACCEPTED: it must not be. `subject` is what the refusal is about.
[[nodiscard]] pm_verdict measure_accepted(const Acceptance& acceptance, const char** subject);

}  // namespace proofmark::linux_init
