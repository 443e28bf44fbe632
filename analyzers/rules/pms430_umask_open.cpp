// SPDX-License-Identifier: Apache-2.0
//
// PMS430: with a mask of 0 every file that is made later gets the mode it asks for, usually 0666.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

constexpr uint64_t kOthersWrite = 0002;

// Only a discarded result: "old = umask(0); umask(old)" is how the mask is read.
void on_stmt(const clang::Stmt& stmt, SourceContext& context) {
  for (const clang::CallExpr* call : discarded_calls(stmt)) {
    if (callee_name(*call) != "umask" || !is_library_call(*call->getDirectCallee(), context)) continue;
    const auto mask = constant_value(argument(*call, 0), context);
    if (!mask || (*mask & kOthersWrite) != 0) continue;
    context.report(kPms430UmaskOpen, call->getBeginLoc(), "this umask lets everybody write to the files made after it",
                   "umask(077), or 027 where a group reads");
  }
}

}  // namespace

constinit const SourceRule kPms430UmaskOpen = {
    .info = {"PMS430", "umask-open", "The file mode mask keeps others from writing.", report::Level::kMust, 732},
    .on_stmt = on_stmt};

}  // namespace proofmark::analyze
