// SPDX-License-Identifier: Apache-2.0
//
// Between which limits a symbolic value lies on the path that is followed. The analyzer's own answer knows comparisons of the
// value itself; this one also looks into sums, products and shifts, so that two bytes put together are known to be
// below 65536.
#pragma once

#include "engine/clang_headers.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <clang/StaticAnalyzer/Core/PathSensitive/ProgramState.h>
#pragma clang diagnostic pop

namespace proofmark::analyze {

// Of a size in bytes a double is precise enough: exact up to 2^53.
struct Bounds {
  double least = 0, most = 0;
  bool wraps = false;  // a product or sum in it can be larger than its type
};

Bounds value_bounds(clang::ento::ProgramStateRef state, clang::ento::SymbolRef symbol);

}  // namespace proofmark::analyze
