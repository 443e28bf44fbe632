// SPDX-License-Identifier: Apache-2.0
//
// Version of the signer's library. While the first number is 0, another second number may change the interface.
#pragma once

namespace proofmark::sign {

// Of these headers.
inline constexpr int kVersionMajor = 0, kVersionMinor = 1, kVersionPatch = 0;

// Of the library that the program is linked with, "0.1.0".
const char* linked_version();

}  // namespace proofmark::sign
