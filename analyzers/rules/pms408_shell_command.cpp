// SPDX-License-Identifier: Apache-2.0
//
// PMS408: a shell reads its command line as a program. Whoever can put a character into it can run anything.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

constexpr std::string_view kShells[] = {"sh", "bash", "dash", "ash", "ksh", "zsh", "csh"};

bool is_shell(const clang::Expr* path) {
  const auto text = literal_text(path);
  return text && is_one_of(std::string_view(*text).substr(text->rfind('/') + 1), kShells);
}

bool has_command_option(const clang::CallExpr& call) {
  for (const clang::Expr* word : call.arguments())
    if (literal_text(word) == "-c") return true;
  return false;
}

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  static constexpr std::string_view kHidden[] = {"system", "popen", "wordexp"};
  static constexpr std::string_view kListed[] = {"execl", "execlp", "execle"};
  const bool hidden = is_one_of(name, kHidden);
  if ((!hidden && !is_one_of(name, kListed)) || !is_library_call(callee, context)) return;
  if (!hidden && !(is_shell(argument(call, 0)) && has_command_option(call))) return;
  if (name == "system" && call.getNumArgs() == 1 &&
      call.getArg(0)->isNullPointerConstant(context.tree(), clang::Expr::NPC_ValueDependentIsNull))
    return;  // only asks whether there is a shell
  const bool fixed = hidden ? literal_text(argument(call, 0)).has_value() : literal_text(argument(call, 3)).has_value();
  context.report(kPms408ShellCommand, call.getBeginLoc(),
                 std::string(name) + " runs a shell on " +
                     (fixed ? "a fixed text: its PATH and environment decide what that means"
                            : "a text that is put together at run time"),
                 "start the program itself: posix_spawn or execve with an absolute path and an argument vector");
}

}  // namespace

constinit const SourceRule kPms408ShellCommand = {
    .info = {"PMS408", "shell-command", "No command is run through a shell.", report::Level::kShould, 78},
    .on_call = on_call};

}  // namespace proofmark::analyze
