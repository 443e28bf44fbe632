// SPDX-License-Identifier: Apache-2.0
//
// PMS119: sizes computed from the wrong object: sizeof of a pointer or of another type, strlcpy with the source's size.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.from("unix.MallocSizeof") || report.from("unix.cstring.BadSizeArg") || report.from("core.VLASize");
}

}  // namespace

constinit const PathRule kPms119SizeArgument = {
    {"PMS119", "size-argument", "Sizes are computed from the object they are for.", report::Level::kShould, 131},
    claims};

}  // namespace proofmark::analyze
