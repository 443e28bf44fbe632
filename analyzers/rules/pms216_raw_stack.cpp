// SPDX-License-Identifier: Apache-2.0
//
// PMS216: code that runs without the compiler's prologue, or moves the stack under it. A naked function has no canary and
// no signed return address; assembly that writes the stack pointer or the link register leaves what the compiler put there.
#include <algorithm>

#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

// The register that one instruction of GNU assembly writes, as far as this rule cares: AT&T writes its last operand,
// arm64 its first.
bool writes_stack_register(llvm::StringRef line, bool is_arm64) {
  line = line.trim();
  const llvm::StringRef mnemonic = line.take_until([](char c) { return llvm::isSpace(c); });
  const llvm::StringRef operands = line.drop_front(mnemonic.size()).trim();
  if (is_arm64) {
    const llvm::StringRef target = operands.split(',').first.trim();
    const bool stores = mnemonic.starts_with("st") || mnemonic.starts_with("b") || mnemonic.starts_with("cmp");
    return !stores && (target == "sp" || target == "x30" || target == "lr");
  }
  const llvm::StringRef target = operands.rsplit(',').second.trim();
  const bool compares = mnemonic.starts_with("cmp") || mnemonic.starts_with("test");
  return !compares && (target == "%%rsp" || target == "%%esp" || target == "%rsp" || target == "%esp");
}

void on_stmt(const clang::Stmt& stmt, SourceContext& context) {
  const auto* assembly = llvm::dyn_cast<clang::GCCAsmStmt>(&stmt);
  const clang::FunctionDecl* function = context.function();
  if (assembly == nullptr || function == nullptr || function->hasAttr<clang::NakedAttr>()) return;
  llvm::SmallVector<llvm::StringRef, 8> lines;
  llvm::SplitString(assembly->getAsmString()->getString(), lines, "\n;");
  const bool is_arm64 = context.effective().is_arch("aarch64");
  if (std::ranges::none_of(lines, [&](llvm::StringRef line) { return writes_stack_register(line, is_arm64); })) return;
  context.report(
      kPms216RawStack, assembly->getAsmLoc(),
      fmt::format("assembly in '{}' writes the stack pointer or the return address", function->getNameAsString()),
      "keep such code in an assembler file of its own, which is reviewed as such");
}

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  const auto* attribute = decl.getAttr<clang::NakedAttr>();
  if (function == nullptr || attribute == nullptr || attribute->isInherited()) return;
  // GCC 12 has no such attribute for arm64.
  if (context.for_gcc() && context.effective().is_arch("aarch64")) return;
  context.report(kPms216RawStack, attribute->getLocation(),
                 fmt::format("'{}' is naked: no canary and no signed return address", function->getNameAsString()),
                 "write it as an assembler file, or as an ordinary function");
}

}  // namespace

constinit const SourceRule kPms216RawStack = {
    .info = {"PMS216", "raw-stack", "No function runs without a prologue or writes the stack pointer itself.",
             report::Level::kShould, 695},
    .on_decl = on_decl,
    .on_stmt = on_stmt};

}  // namespace proofmark::analyze
