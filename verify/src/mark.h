// SPDX-License-Identifier: Apache-2.0
//
// The mark as it stands in the file, before anything about it is trusted: where it is, and the parts of its COSE_Sign
// message. Only what is needed to check the signatures is parsed here; the payload stays a byte string.
#pragma once

#include "bytes.h"

namespace proofmark::verify {

struct Signature {
  Bytes protected_header;  // as signed, RFC 9052 section 4.4
  int32_t algorithm;
  const uint8_t* key_id;
  Bytes bytes;
};

struct Mark {
  uint64_t mark_length;
  uint64_t covered_length;
  Bytes message;
  Bytes protected_header;  // of the body, as signed: says what the payload is
  Bytes payload;
  uint32_t signature_count;
  Signature signatures[PM_TRUST_SIGNATURES_MAX];
};

// What a COSE_Sign message has to be. The content type is part of what is signed, so no message is good as another kind.
struct MessageKind {
  Bytes protected_header;
  uint32_t signatures_max;
};

// {3: PM_CONTENT_TYPE} and {3: PM_TRUST_CONTENT_TYPE}.
[[nodiscard]] MessageKind mark_message();
[[nodiscard]] MessageKind trust_store_message();

// Reads trailer and mark area of `file`, or of `detached` when it is not NULL, into `buffer` (PM_MARK_MAX_SIZE bytes) and
// fills the lengths of `mark`. Refuses with 2xx.
[[nodiscard]] pm_verdict load_mark(const pm_io& file, const pm_io* detached, uint8_t* buffer, Mark* mark);

// Takes the COSE_Sign message in the first mark->mark_length bytes of `buffer` apart. Refuses with 3xx.
[[nodiscard]] pm_verdict parse_mark(const uint8_t* buffer, Mark* mark);

// Takes a message at the start of `input` apart; what follows it is left to the caller, behind mark->message. Refuses with
// 3xx.
[[nodiscard]] pm_verdict parse_message(Bytes input, MessageKind kind, Mark* mark);

// Bytes of a signature of this algorithm: true when the length is possible, false also for an unknown algorithm.
[[nodiscard]] bool is_signature_size(int32_t algorithm, size_t size);
[[nodiscard]] bool is_known_algorithm(int32_t algorithm);

}  // namespace proofmark::verify
