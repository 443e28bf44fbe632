// SPDX-License-Identifier: Apache-2.0
//
// PMS424: execlp, execvp and posix_spawnp start the first program of that name in PATH, which the caller's environment
// sets.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  static constexpr std::string_view kNames[] = {"execlp", "execvp", "execvpe", "posix_spawnp"};
  if (!is_one_of(name, kNames) || !is_library_call(callee, context)) return;
  const auto program = literal_text(argument(call, name == "posix_spawnp" ? 1 : 0));
  if (program && program->find('/') != std::string::npos) return;  // then PATH is not searched
  context.report(kPms424ProgramSearchPath, call.getBeginLoc(),
                 std::string(name) + " searches PATH for " + (program ? "'" + *program + "'" : "the program"),
                 "name the program by its absolute path");
}

}  // namespace

constinit const SourceRule kPms424ProgramSearchPath = {
    .info = {"PMS424", "program-search-path", "No program is searched for in PATH.", report::Level::kShould, 426},
    .on_call = on_call};

}  // namespace proofmark::analyze
