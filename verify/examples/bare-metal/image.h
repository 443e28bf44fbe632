// SPDX-License-Identifier: Apache-2.0
//
// The image in flash as the verifier reads it. Flash can be exchanged, or answer differently the second time, so what was read
// for verification is what is kept: every byte goes to main memory on its way, and flash is not read again.
#pragma once

#include <proofmark/verify.h>

namespace proofmark::bare_metal {

// Input for one pm_verify(). Once that has accepted, the content lies at kPayload, and nowhere else is it known to be good.
pm_io image_io();

}  // namespace proofmark::bare_metal
