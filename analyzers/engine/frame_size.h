// SPDX-License-Identifier: Apache-2.0
//
// How many bytes of stack a function's own variables take, estimated from its source: for the target's type sizes, before
// any optimisation. A sum for what lives at once; scopes that follow each other share their place, as compilers do it.
#pragma once

#include <cstdint>

#include "engine/clang_headers.h"

namespace proofmark::analyze {

struct FrameSize {
  std::uint64_t bytes = 0;  // variable-length arrays and temporaries excluded
  const clang::VarDecl* largest = nullptr;
  std::uint64_t largest_bytes = 0;
};

// `function` has a body, and is no template.
FrameSize frame_size(const clang::FunctionDecl& function);

}  // namespace proofmark::analyze
