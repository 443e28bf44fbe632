// SPDX-License-Identifier: Apache-2.0
//
// PMS407: dlopen of a name without a path searches LD_LIBRARY_PATH and RUNPATH; of a name from outside, it runs whatever
// that names.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  if ((name != "dlopen" && name != "dlmopen") || !is_library_call(callee, context)) return;
  const clang::Expr* file = argument(call, name == "dlopen" ? 0 : 1);
  if (file == nullptr ||
      file->isNullPointerConstant(context.tree(), clang::Expr::NPC_ValueDependentIsNull) != clang::Expr::NPCK_NotNull)
    return;  // the program itself
  const auto text = literal_text(file);
  if (text && text->starts_with('/')) return;
  context.report(kPms407LibrarySearchPath, call.getBeginLoc(),
                 text ? std::string(name) + " searches for '" + *text + "' in directories that the environment can name"
                      : std::string(name) + " loads a library whose name is not known at compile time",
                 "load by a fixed absolute path, or link the library");
}

}  // namespace

constinit const SourceRule kPms407LibrarySearchPath = {
    .info = {"PMS407", "library-search-path", "No library is loaded by search or by a name from outside.",
             report::Level::kShould, 427},
    .on_call = on_call};

}  // namespace proofmark::analyze
