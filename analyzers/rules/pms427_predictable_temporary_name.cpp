// SPDX-License-Identifier: Apache-2.0
//
// PMS427: between the choice of a temporary name and its use, another process can put a link there.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  static constexpr std::string_view kNames[] = {"tmpnam", "tmpnam_r", "tempnam", "mktemp"};
  if (!is_one_of(name, kNames) || !is_library_call(callee, context)) return;
  context.report(kPms427PredictableTemporaryName, call.getBeginLoc(),
                 std::string(name) + " chooses a name that someone else can take before the file is made",
                 "use mkstemp or O_TMPFILE");
}

}  // namespace

constinit const SourceRule kPms427PredictableTemporaryName = {
    .info = {"PMS427", "predictable-temporary-name", "No temporary file has a name that can be taken first.",
             report::Level::kShould, 377},
    .on_call = on_call};

}  // namespace proofmark::analyze
