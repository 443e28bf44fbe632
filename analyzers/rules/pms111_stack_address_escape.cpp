// SPDX-License-Identifier: Apache-2.0
//
// PMS111: the address of a local variable outlives it, in a result, a global or the environment.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.from("core.StackAddressEscape") || report.from("security.PutenvStackArray");
}

}  // namespace

constinit const PathRule kPms111StackAddressEscape = {
    {"PMS111", "stack-address-escape", "The address of a local variable does not outlive it.", report::Level::kMust,
     562},
    claims};

}  // namespace proofmark::analyze
