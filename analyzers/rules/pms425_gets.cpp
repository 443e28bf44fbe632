// SPDX-License-Identifier: Apache-2.0
//
// PMS425: gets cannot be used safely, and C11 took it away.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  static constexpr std::string_view kNames[] = {"gets", "_IO_gets"};
  if (!is_one_of(name, kNames) || !is_library_call(callee, context)) return;
  context.report(kPms425Gets, call.getBeginLoc(), "gets writes past the end of any buffer",
                 "use fgets with the buffer's size");
}

}  // namespace

constinit const SourceRule kPms425Gets = {
    .info = {"PMS425", "gets", "No line is read without a bound.", report::Level::kMust, 242}, .on_call = on_call};

}  // namespace proofmark::analyze
