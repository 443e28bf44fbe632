// SPDX-License-Identifier: Apache-2.0
//
// A mark for other implementations: manifest, and per signature the key id, the bytes that are signed and the signature.
#include <fmt/format.h>

#include "info.h"

namespace proofmark::sign::tool {

std::string info_hex(const MarkView& view) {
  std::string text = fmt::format("manifest {}\n", to_hex(view.message.payload));
  for (const auto& signature : view.message.signatures) {
    const Bytes signed_bytes = to_be_signed(view.message.payload, signature.algorithm, signature.key_id);
    text += fmt::format("algorithm {}\nkey-id {}\nto-be-signed {}\nsignature {}\n", algorithm_name(signature.algorithm),
                        to_hex(signature.key_id), to_hex(signed_bytes), to_hex(signature.value));
  }
  return text;
}

}  // namespace proofmark::sign::tool
