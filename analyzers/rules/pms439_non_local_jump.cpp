// SPDX-License-Identifier: Apache-2.0
//
// PMS439: longjmp leaves frames without the checks at their end: canaries are not compared, resources are not given back.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  static constexpr std::string_view kNames[] = {"longjmp", "siglongjmp", "_longjmp"};
  if (!is_one_of(name, kNames) || !is_library_call(callee, context)) return;
  context.report(kPms439NonLocalJump, call.getBeginLoc(),
                 std::string(name) + " leaves every frame in between without comparing its canary",
                 "return an error through the callers");
}

}  // namespace

constinit const SourceRule kPms439NonLocalJump = {
    .info = {"PMS439", "non-local-jump", "No jump leaves frames unchecked.", report::Level::kAdvisory, 693},
    .on_call = on_call};

}  // namespace proofmark::analyze
