// SPDX-License-Identifier: Apache-2.0
//
// The part of PMS101 and PMS103 that needs no path: a library call or an index whose size is a plain constant larger
// than the local or static array it is for. The path-sensitive analyzer finds most of these too, but only while its
// budget lasts; these must never be missed.
#pragma once

#include <vector>

#include "engine/source_place.h"
#include "report/policy.h"

namespace clang {
class ASTContext;
}

namespace proofmark::analyze {

void find_constant_overflows(clang::ASTContext& tree, const SourcePlaces& places, const report::Policy& policy,
                             std::vector<report::Finding>& findings);

}  // namespace proofmark::analyze
