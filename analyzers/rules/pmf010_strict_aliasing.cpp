// SPDX-License-Identifier: Apache-2.0
//
// PMF010: protocol code reads the same bytes through different types; strict aliasing lets compilers reorder that.
#include "rules/flag_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const FlagInput& in) {
  const bool on = !in.effective.strict_aliasing;
  const FlagView view{find_request(in.unit.flags, {"-fno-strict-aliasing"}, {"-fstrict-aliasing"}),
                      on ? "no strict aliasing" : "strict aliasing"};
  return on ? view.held() : view.broken("compile with -fno-strict-aliasing");
}

}  // namespace

constinit const FlagRule kPmf010StrictAliasing = {
    {"PMF010", "no-strict-aliasing",
     "Accesses to one object through different types keep their order (-fno-strict-aliasing).", report::Level::kMust,
     843},
    check,
    ""};

}  // namespace proofmark::analyze
