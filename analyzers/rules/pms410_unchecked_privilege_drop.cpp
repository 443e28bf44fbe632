// SPDX-License-Identifier: Apache-2.0
//
// PMS410: a call that gives up privileges can fail (limits, name spaces, seccomp), and then the program goes on with
// them. Neither GCC nor Clang warns when "(void)" is written before it.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

constexpr std::string_view kNames[] = {
    "setuid",     "setgid",   "seteuid", "setegid", "setreuid",     "setregid", "setresuid", "setresgid",   "setgroups",
    "initgroups", "setfsuid", "chroot",  "capset",  "cap_set_proc", "unshare",  "prctl",     "seccomp_load"};

// PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, PR_CAPBSET_DROP: the uses of prctl that drop something.
bool drops(const clang::CallExpr& call, std::string_view name, const SourceContext& context) {
  if (name != "prctl") return true;
  const auto what = constant_value(argument(call, 0), context);
  return what && (*what == 38 || *what == 22 || *what == 24);
}

void on_stmt(const clang::Stmt& stmt, SourceContext& context) {
  for (const clang::CallExpr* call : discarded_calls(stmt)) {
    const std::string_view name = callee_name(*call);
    if (!is_one_of(name, kNames) || !is_library_call(*call->getDirectCallee(), context)) continue;
    if (!drops(*call, name, context)) continue;
    context.report(kPms410UncheckedPrivilegeDrop, call->getBeginLoc(),
                   "the result of " + std::string(name) + " is not checked: if it fails, the privileges stay",
                   "end the program when it fails");
  }
}

}  // namespace

constinit const SourceRule kPms410UncheckedPrivilegeDrop = {
    .info = {"PMS410", "unchecked-privilege-drop", "Giving up privileges is checked.", report::Level::kMust, 273},
    .on_stmt = on_stmt};

}  // namespace proofmark::analyze
