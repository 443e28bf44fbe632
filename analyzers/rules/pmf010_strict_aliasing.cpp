// SPDX-License-Identifier: Apache-2.0
//
// PMF010: protocol code reads the same bytes through different types; strict aliasing lets compilers reorder that.
#include "rules/flag_rule.h"

#include "compile/options.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const FlagInput& in) {
  if (!in.effective.strict_aliasing) return FlagVerdict::held();
  const Request request = find_request(in.unit.flags, {"-fno-strict-aliasing"}, {"-fstrict-aliasing"});
  return FlagVerdict::broken(request.explain("strict aliasing"), "compile with -fno-strict-aliasing");
}

}  // namespace

constinit const FlagRule kPmf010StrictAliasing = {
    {"PMF010", "no-strict-aliasing",
     "Accesses to one object through different types keep their order (-fno-strict-aliasing).", report::Level::kMust,
     843},
    check,
    ""};

}  // namespace proofmark::analyze
