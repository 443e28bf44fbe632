// SPDX-License-Identifier: Apache-2.0
//
// PMF008: after a dereference compilers may conclude that the pointer was not null and delete a later check.
#include "rules/flag_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const FlagInput& in) {
  const bool on = in.effective.keeps_null_checks;
  const FlagView view{
      find_request(in.unit.flags, {"-fno-delete-null-pointer-checks"}, {"-fdelete-null-pointer-checks"}),
      on ? "checks are kept" : "checks may be deleted"};
  if (on) return view.held();
  return view.lacking(in.effective.compiler, "-fno-delete-null-pointer-checks")
      .value_or(view.broken("compile with -fno-delete-null-pointer-checks"));
}

}  // namespace

constinit const FlagRule kPmf008NullChecks = {
    {"PMF008", "keep-null-pointer-checks", "The optimiser keeps null pointer checks (-fno-delete-null-pointer-checks).",
     report::Level::kMust, 476},
    check,
    ""};

}  // namespace proofmark::analyze
