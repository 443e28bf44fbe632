// SPDX-License-Identifier: Apache-2.0
//
// PMS405: a section attribute can put variables among code, or code into a section that can be written. The page is then
// both: what an overflow writes there can be run.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

// ".text.foo" is below ".text".
bool is_below(llvm::StringRef section, std::initializer_list<llvm::StringRef> names) {
  for (llvm::StringRef name : names)
    if (section == name || (section.starts_with(name) && section[name.size()] == '.')) return true;
  return false;
}

// Flags smuggled in behind the name: section(".data,\"awx\",@progbits#").
bool has_flag(llvm::StringRef section, char flag) {
  const llvm::StringRef flags = section.split('"').second.split('"').first;
  return flags.contains(flag);
}

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* attribute = decl.getAttr<clang::SectionAttr>();
  const auto* named = llvm::dyn_cast<clang::NamedDecl>(&decl);
  if (attribute == nullptr || named == nullptr || attribute->isInherited() || attribute->isImplicit()) return;
  const llvm::StringRef section = attribute->getName();
  const std::string name = "'" + named->getNameAsString() + "'";
  const bool is_code = llvm::isa<clang::FunctionDecl>(decl);
  const bool executable = is_below(section, {".text", ".init", ".fini", ".plt"}) || has_flag(section, 'x');
  const bool writable = is_below(section, {".data", ".bss", ".tdata", ".tbss"}) || has_flag(section, 'w');
  if (is_code ? !writable : !executable) return;
  context.report(kPms405DataInExecutableSection, attribute->getLocation(),
                 is_code ? "function " + name + " is placed in a section that can be written"
                         : "variable " + name + " is placed in a section that can be executed",
                 "leave data in .data and .rodata, code in .text");
}

}  // namespace

constinit const SourceRule kPms405DataInExecutableSection = {
    .info = {"PMS405", "data-in-executable-section", "Data and code are kept in sections of their own.",
             report::Level::kMust, 693},
    .on_decl = on_decl};

}  // namespace proofmark::analyze
