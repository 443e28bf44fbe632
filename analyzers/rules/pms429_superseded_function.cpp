// SPDX-License-Identifier: Apache-2.0
//
// PMS429: functions with hidden state, shared stacks or unbounded results, each of which has a safer successor.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  static constexpr std::string_view kNames[] = {"strtok", "bcopy", "vfork", "getpw", "cuserid"};
  if (!is_one_of(name, kNames) || !is_library_call(callee, context)) return;
  context.report(kPms429SupersededFunction, call.getBeginLoc(), std::string(name) + " has a safer successor",
                 "strtok_r for strtok, memmove for bcopy, posix_spawn for vfork, getpwuid_r for getpw");
}

}  // namespace

constinit const SourceRule kPms429SupersededFunction = {
    .info = {"PMS429", "superseded-function", "No function is used that a safer one has replaced.",
             report::Level::kAdvisory, 676},
    .on_call = on_call};

}  // namespace proofmark::analyze
