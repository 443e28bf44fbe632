// SPDX-License-Identifier: Apache-2.0
//
// Decoding of the manifest, the payload of a mark (docs/format.md section "Manifest").
#pragma once

#include "mark.h"

namespace proofmark::verify {

// Decodes mark.payload into `manifest`, which is overwritten, and compares the lengths in it with those of the trailer.
// Refuses with 5xx; what was decoded before the refusal stays for display.
[[nodiscard]] pm_verdict decode_manifest(const Mark& mark, pm_manifest* manifest);

}  // namespace proofmark::verify
