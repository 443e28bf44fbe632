// SPDX-License-Identifier: Apache-2.0
//
// Look-ups in a trust that check_trust() has found sound.
#pragma once

#include "bytes.h"

namespace proofmark::verify {

// The trusted key of this id (PM_KEY_ID_SIZE bytes), NULL when there is none.
[[nodiscard]] const pm_trust_key* find_trusted_key(const pm_trust& trust, const uint8_t* key_id);

// Bytes of every signature that this key makes.
[[nodiscard]] size_t signature_size_of(const pm_trust_key& key);

}  // namespace proofmark::verify
