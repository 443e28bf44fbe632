// SPDX-License-Identifier: Apache-2.0
//
// Kernel choice on architectures for which there is only the portable one.
#include "../sha256.h"

namespace proofmark::verify {

const Sha256Kernel* choose_sha256_kernel() {
  return &kSha256Portable;
}

}  // namespace proofmark::verify
