// SPDX-License-Identifier: Apache-2.0
//
// PMS420: a pointer put into .init_array by hand is called before main, and no reader of main sees it.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

constexpr llvm::StringRef kTables[] = {".preinit_array", ".init_array", ".fini_array", ".ctors", ".dtors"};

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* attribute = decl.getAttr<clang::SectionAttr>();
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(&decl);
  if (attribute == nullptr || variable == nullptr || attribute->isInherited()) return;
  for (llvm::StringRef table : kTables)
    if (attribute->getName().starts_with(table))
      context.report(kPms420StartUpTable, attribute->getLocation(),
                     "'" + variable->getNameAsString() + "' adds a call to " + table.str() + " by hand",
                     "call it from main, or use the constructor attribute");
}

}  // namespace

constinit const SourceRule kPms420StartUpTable = {
    .info = {"PMS420", "start-up-table", "Nothing is put into the tables of start-up calls by hand.",
             report::Level::kShould, 693},
    .on_decl = on_decl};

}  // namespace proofmark::analyze
