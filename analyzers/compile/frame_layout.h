// SPDX-License-Identifier: Apache-2.0
//
// CVE-2023-4039: where a GCC for arm64 puts the canary of a function with a variable array. The compiler is asked for the
// assembly of one such function; what its version says of backported fixes is not to be relied on.
#pragma once

#include <string_view>

namespace proofmark::analyze {

// C and C++; to be compiled with -fstack-protector-strong and optimisation.
extern const char* const kFrameLayoutProbe;

// Whether the assembly stores the canary above the pair of frame pointer and return address, so that the array, which
// lies below both, reaches the return address first.
bool guard_lies_above_return(std::string_view assembly);

}  // namespace proofmark::analyze
