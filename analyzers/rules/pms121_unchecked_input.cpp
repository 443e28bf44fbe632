// SPDX-License-Identifier: Apache-2.0
//
// PMS121: what a failed read left unset is used, because nobody looked at the result.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.from("proofmark.UncheckedInput");
}

}  // namespace

constinit const PathRule kPms121UncheckedInput = {
    {"PMS121", "unchecked-input", "What was to be read into a variable is used only when it was read.",
     report::Level::kShould, 252},
    claims};

}  // namespace proofmark::analyze
