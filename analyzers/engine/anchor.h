// SPDX-License-Identifier: Apache-2.0
//
// Places in code that outlive edits elsewhere.
#pragma once

#include <cstdint>

namespace proofmark::analyze {

// A token, named so that it is found again after edits elsewhere: by its number within one of the reachable functions,
// or (slice -1) within what is outside of functions.
struct Anchor {
  std::int32_t slice = -1;
  std::uint32_t token = 0;

  bool operator==(const Anchor&) const = default;
};

}  // namespace proofmark::analyze
