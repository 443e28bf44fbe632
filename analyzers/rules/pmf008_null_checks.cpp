// SPDX-License-Identifier: Apache-2.0
//
// PMF008: after a dereference compilers may conclude that the pointer was not null and delete a later check.
#include "rules/flag_rule.h"

#include "compile/options.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const FlagInput& in) {
  if (in.effective.keeps_null_checks) return FlagVerdict::held();
  const Request request =
      find_request(in.unit.flags, {"-fno-delete-null-pointer-checks"}, {"-fdelete-null-pointer-checks"});
  return FlagVerdict::broken(request.explain("checks may be deleted"), "compile with -fno-delete-null-pointer-checks");
}

}  // namespace

constinit const FlagRule kPmf008NullChecks = {
    {"PMF008", "keep-null-pointer-checks", "The optimiser keeps null pointer checks (-fno-delete-null-pointer-checks).",
     report::Level::kMust, 476},
    check,
    ""};

}  // namespace proofmark::analyze
