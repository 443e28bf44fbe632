// SPDX-License-Identifier: Apache-2.0
//
// PMS423: LD_PRELOAD and its kind put foreign code into every program that is started from here.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

constexpr std::string_view kNames[] = {"LD_PRELOAD", "LD_LIBRARY_PATH", "LD_AUDIT", "LD_DEBUG_OUTPUT",
                                       "GLIBC_TUNABLES"};

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  if ((name != "setenv" && name != "putenv") || !is_library_call(callee, context)) return;
  const auto text = literal_text(argument(call, 0));
  if (!text) return;
  const std::string_view variable = std::string_view(*text).substr(0, text->find('='));
  const bool sets = name == "setenv" || variable.size() != text->size();  // putenv("NAME") removes it
  if (!sets || !is_one_of(variable, kNames)) return;
  context.report(kPms423LoaderEnvironment, call.getBeginLoc(),
                 std::string(variable) + " changes what code is loaded into the programs started from here",
                 "start them with an environment of their own that lacks it");
}

}  // namespace

constinit const SourceRule kPms423LoaderEnvironment = {
    .info = {"PMS423", "loader-environment", "No variable is set that makes the loader take foreign code.",
             report::Level::kShould, 426},
    .on_call = on_call};

}  // namespace proofmark::analyze
