// SPDX-License-Identifier: Apache-2.0
//
// Look-ups in a trust that check_trust() has found sound.
#pragma once

#include "bytes.h"

namespace proofmark::verify {

// The key that a signature with this id (PM_KEY_ID_SIZE bytes) is checked by. Refuses with 4xx when what that key signs
// does not count: no such key, revoked, not in the trust's role, not for its board.
[[nodiscard]] pm_verdict choose_key(const pm_trust& trust, const uint8_t* key_id, const pm_trust_key** key);

// Keys, threshold and tables of a trust are usable; nothing else of it is looked at. Refuses with 1xx.
[[nodiscard]] pm_verdict check_keys(const pm_trust& trust);
[[nodiscard]] pm_verdict check_tables(const pm_trust& trust);

// Algorithm, size and form of a key fit each other, and it is not too weak.
[[nodiscard]] bool is_sound_key(const pm_trust_key& key);

// The entry of the trust's board; NULL when its table has none, or when any board will do.
[[nodiscard]] const pm_trust_board* find_board(const pm_trust& trust);

[[nodiscard]] bool holds_digest(const pm_digest* digests, uint32_t count, const uint8_t* digest);

// Whether signatures of this key have `size` bytes. Those of HSS-LMS vary with the lower levels, so any size may be right.
[[nodiscard]] bool has_signature_size(const pm_trust_key& key, size_t size);

}  // namespace proofmark::verify
