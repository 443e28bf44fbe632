// SPDX-License-Identifier: Apache-2.0
//
// PMS116: calls of functions that are safe only in one way, made in another: a template of mkstemp that is too short,
// more than exec or _exit after vfork. Functions that have no safe use have source rules of their own (PMS425 to PMS429).
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.from("security.insecureAPI.") || report.from("unix.Vfork");
}

}  // namespace

constinit const PathRule kPms116DangerousFunction = {
    {"PMS116", "dangerous-function", "No function is called in a way that it cannot be called safely.",
     report::Level::kShould, 676},
    claims};

}  // namespace proofmark::analyze
