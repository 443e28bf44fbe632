// SPDX-License-Identifier: Apache-2.0
//
// The payload of a trust store, decoded. As strict as the reader of manifests, and for the same reason.
#pragma once

#include "bytes.h"

namespace proofmark::verify {

// Decodes `payload` into `store`, whose set then points into the store's own memory. What it says is consistent when this
// passes; who signed it is another question. Refuses with 10xx.
[[nodiscard]] pm_verdict decode_trust_store(Bytes payload, pm_trust_store* store);

}  // namespace proofmark::verify
