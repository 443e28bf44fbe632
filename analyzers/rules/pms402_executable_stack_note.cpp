// SPDX-License-Identifier: Apache-2.0
//
// PMS402: the linker makes the stack executable as soon as one object asks for it. A line of assembly in C asks, and so
// does an option of the assembler.
#include <algorithm>

#include "engine/expressions.h"
#include "engine/source_facts.h"

namespace proofmark::analyze {
namespace {

constexpr const char* kHint = "take it out: nothing on a stack has to be executed";

// .section .note.GNU-stack,"x"   in any spelling of the directive.
bool asks_for_executable_stack(llvm::StringRef assembly) {
  llvm::SmallVector<llvm::StringRef, 16> lines;
  assembly.split(lines, '\n');
  for (llvm::StringRef line : lines) {
    llvm::SmallVector<llvm::StringRef, 8> statements;
    line.split(statements, ';');
    for (llvm::StringRef statement : statements) {
      const auto [before, after] = statement.split(".note.GNU-stack");
      const llvm::StringRef flags = after.ltrim("\" \t,").take_until([](char c) { return c == '"' || c == ','; });
      if (!after.empty() && before.contains("section") && flags.contains('x') && !flags.contains('@')) return true;
    }
  }
  return false;
}

void check(const clang::StringLiteral* text, clang::SourceLocation where, SourceContext& context) {
  if (text == nullptr || !asks_for_executable_stack(text->getString())) return;
  context.report(kPms402ExecutableStackNote, where, "this assembly asks for an executable stack, for the whole program",
                 kHint);
}

void on_decl(const clang::Decl& decl, SourceContext& context) {
  if (const auto* assembly = llvm::dyn_cast<clang::FileScopeAsmDecl>(&decl))
    check(assembly->getAsmString(), assembly->getAsmLoc(), context);
}

void on_stmt(const clang::Stmt& stmt, SourceContext& context) {
  if (const auto* assembly = llvm::dyn_cast<clang::GCCAsmStmt>(&stmt))
    check(assembly->getAsmString(), assembly->getAsmLoc(), context);
}

void on_facts(const SourceFacts&, SourceContext& context) {
  const Words& flags = context.unit().flags;
  const auto at = std::ranges::find_if(flags, [](const std::string& word) {
    return word.ends_with("--execstack") && (word.starts_with("-Wa,") || word == "--execstack");
  });
  if (at != flags.end())
    context.report(kPms402ExecutableStackNote, {}, *at + " asks for an executable stack, for the whole program", kHint);
}

}  // namespace

constinit const SourceRule kPms402ExecutableStackNote = {
    .info = {"PMS402", "executable-stack-note", "No unit asks for an executable stack.", report::Level::kMust, 693},
    .on_decl = on_decl,
    .on_stmt = on_stmt,
    .on_facts = on_facts};

}  // namespace proofmark::analyze
