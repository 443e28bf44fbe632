// SPDX-License-Identifier: Apache-2.0
//
// PMS410: a call that gives up privileges can fail (limits, name spaces, seccomp), and then the program goes on with
// them. Neither GCC nor Clang warns when "(void)" is written before it.
#include <algorithm>

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

// Whether "setgroups(0, ...)" stands in front of the place. Whether that one is checked is a matter of its own.
bool empties_groups(const clang::Stmt* stmt, clang::SourceLocation before, const SourceContext& context) {
  if (stmt == nullptr) return false;
  if (const auto* call = llvm::dyn_cast<clang::CallExpr>(stmt); call != nullptr && callee_name(*call) == "setgroups")
    return constant_value(argument(*call, 0), context) == 0 &&
           context.sources().isBeforeInTranslationUnit(call->getBeginLoc(), before);
  return std::ranges::any_of(stmt->children(),
                             [&](const clang::Stmt* child) { return empties_groups(child, before, context); });
}

// After root's groups were given up, initgroups only adds the user's: when it fails, the program has less.
bool only_adds(const clang::CallExpr& call, std::string_view name, const SourceContext& context) {
  return name == "initgroups" && context.function() != nullptr &&
         empties_groups(context.function()->getBody(), call.getBeginLoc(), context);
}

void on_stmt(const clang::Stmt& stmt, SourceContext& context) {
  for (const clang::CallExpr* call : discarded_calls(stmt)) {
    const std::string_view name = callee_name(*call);
    if (!is_one_of(name, kNames) || !is_library_call(*call->getDirectCallee(), context)) continue;
    if (!drops(*call, name, context) || only_adds(*call, name, context)) continue;
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
