// SPDX-License-Identifier: Apache-2.0
//
// The version that was compiled in.
#include "proofmark/sign/version.h"

namespace proofmark::sign {

const char* linked_version() {
  return PROOFMARK_VERSION;
}

}  // namespace proofmark::sign
