// SPDX-License-Identifier: Apache-2.0
//
// What a function's source asks of the compiler; see function_facts.h.
#include "engine/function_facts.h"

#include <algorithm>
#include <set>

#include "report/fortified.h"

namespace proofmark::analyze {
namespace {

// A local that lives in this function's frame for as long as it runs. Parameters are left out: GCC gives no canary for
// their address. So are constants, which compilers may keep in read-only data.
const clang::VarDecl* frame_variable(const clang::Expr* argument) {
  const clang::Expr* expr = argument->IgnoreParenCasts();
  const auto* address = llvm::dyn_cast<clang::UnaryOperator>(expr);
  const bool takes_address = address != nullptr && address->getOpcode() == clang::UO_AddrOf;
  if (takes_address) expr = address->getSubExpr()->IgnoreParenCasts();
  // "&record.member" and "&array[0]" are addresses within the variable.
  for (bool inside = true; inside;) {
    const auto* member = llvm::dyn_cast<clang::MemberExpr>(expr);
    const auto* element = llvm::dyn_cast<clang::ArraySubscriptExpr>(expr);
    inside = (member != nullptr && !member->isArrow()) ||
             (element != nullptr && element->getBase()->IgnoreParenImpCasts()->getType()->isArrayType());
    if (inside) expr = (member != nullptr ? member->getBase() : element->getBase())->IgnoreParenImpCasts();
  }
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr);
  const auto* variable = reference == nullptr ? nullptr : llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
  if (variable == nullptr || !variable->hasLocalStorage() || llvm::isa<clang::ParmVarDecl>(variable)) return nullptr;
  if (variable->getType()->isReferenceType() || variable->getType().isConstQualified()) return nullptr;
  return takes_address || argument->IgnoreParenImpCasts()->getType()->isArrayType() ? variable : nullptr;
}

class FunctionVisitor : public clang::RecursiveASTVisitor<FunctionVisitor> {
 public:
  FunctionVisitor(const SourceContext& context, report::SourceFunction& facts) : context_(context), facts_(facts) {}

  bool VisitCallExpr(clang::CallExpr* call) {
    const clang::FunctionDecl* callee = call->getDirectCallee();
    if (callee != nullptr && callee->getIdentifier() != nullptr) {
      const llvm::StringRef name = callee->getName();
      if (report::is_fortifiable({name.data(), name.size()})) ++facts_.fortifiable_calls;
    }
    if (!is_opaque(callee)) return true;
    for (const clang::Expr* argument : call->arguments())
      if (argument->getType()->isPointerType() && frame_variable(argument) != nullptr) facts_.expects_canary = true;
    return true;
  }

  // Neither evaluated here nor part of this function's frame.
  bool TraverseUnaryExprOrTypeTraitExpr(clang::UnaryExprOrTypeTraitExpr*) { return true; }
  bool TraverseLambdaExpr(clang::LambdaExpr*) { return true; }
  bool TraverseDecl(clang::Decl* decl) {
    return llvm::isa_and_nonnull<clang::TagDecl>(decl) ? true : RecursiveASTVisitor::TraverseDecl(decl);
  }

 private:
  // Compilers know what their builtins do and drop calls of pure functions whose result is not used. A body in a
  // system header is a checking wrapper around a function that is not there.
  bool is_opaque(const clang::FunctionDecl* callee) const {
    if (callee == nullptr) return false;
    if (callee->getBuiltinID() != 0 || callee->hasAttr<clang::PureAttr>() || callee->hasAttr<clang::ConstAttr>())
      return false;
    const clang::FunctionDecl* definition = callee->getDefinition();
    return definition == nullptr || !context_.in_project(definition->getLocation());
  }

  const SourceContext& context_;
  report::SourceFunction& facts_;
};

// Whether control can leave the function through a return. Compilers put the check of a canary before returns and
// nowhere else, so a function that ends in exit() or an endless loop has none.
bool can_return(const clang::FunctionDecl& function, clang::ASTContext& tree) {
  if (function.isNoReturn() || function.hasAttr<clang::NakedAttr>()) return false;
  const auto graph = clang::CFG::buildCFG(&function, function.getBody(), &tree, clang::CFG::BuildOptions());
  if (graph == nullptr) return true;
  std::vector<const clang::CFGBlock*> to_visit{&graph->getEntry()};
  std::set<const clang::CFGBlock*> seen{to_visit.front()};
  while (!to_visit.empty()) {
    const clang::CFGBlock* block = to_visit.back();
    to_visit.pop_back();
    if (block == &graph->getExit()) return true;
    if (block->hasNoReturnElement()) continue;
    for (const clang::CFGBlock* next : block->succs())
      if (next != nullptr && seen.insert(next).second) to_visit.push_back(next);
  }
  return false;
}

class Functions : public clang::RecursiveASTVisitor<Functions> {
 public:
  Functions(clang::ASTContext& tree, const SourceContext& context) : names_(tree), context_(context) {}

  bool VisitFunctionDecl(clang::FunctionDecl* function) {
    if (!function->isThisDeclarationADefinition() || !function->hasBody() || function->isDependentContext() ||
        !context_.in_project(function->getLocation()))
      return true;
    report::SourceFunction facts;
    facts.symbol = names_.getName(function);
    facts.where = context_.place(function->getLocation());
    facts.last_line = context_.place(function->getEndLoc()).line;
    FunctionVisitor(context_, facts).TraverseStmt(function->getBody());
    facts.expects_canary = facts.expects_canary && can_return(*function, function->getASTContext());
    functions_.push_back(std::move(facts));
    return true;
  }

  std::vector<report::SourceFunction> take() { return std::move(functions_); }

 private:
  clang::ASTNameGenerator names_;
  const SourceContext& context_;
  std::vector<report::SourceFunction> functions_;
};

class Lines : public clang::RecursiveASTVisitor<Lines> {
 public:
  explicit Lines(const SourceContext& context) : context_(context) {}

  bool VisitFunctionDecl(clang::FunctionDecl* function) {
    if (!function->isThisDeclarationADefinition() || !function->hasBody()) return true;
    const report::Location name = context_.place(function->getLocation());
    lines_.push_back({name.file, name.line, context_.place(function->getEndLoc()).line});
    return true;
  }

  std::vector<FunctionLines> take() { return std::move(lines_); }

 private:
  const SourceContext& context_;
  std::vector<FunctionLines> lines_;
};

}  // namespace

std::vector<FunctionLines> function_lines(clang::ASTContext& tree, const SourceContext& context) {
  Lines lines(context);
  for (clang::Decl* decl : tree.getTranslationUnitDecl()->decls())
    if (context.in_project(decl->getLocation())) lines.TraverseDecl(decl);
  return lines.take();
}

std::vector<report::SourceFunction> function_facts(clang::ASTContext& tree, const SourceContext& context) {
  Functions functions(tree, context);
  for (clang::Decl* decl : tree.getTranslationUnitDecl()->decls())
    if (context.in_project(decl->getLocation())) functions.TraverseDecl(decl);
  return functions.take();
}

void attribute_findings(std::vector<report::SourceFunction>& functions, const std::vector<report::Finding>& findings) {
  for (report::SourceFunction& function : functions) {
    for (const report::Finding& finding : findings) {
      const bool inside = finding.where.file == function.where.file && finding.where.line >= function.where.line &&
                          finding.where.line <= function.last_line;
      if (inside && finding.rule >= "PMS201" && finding.rule.starts_with("PMS"))
        function.weakened_by.push_back(finding.rule);
    }
    std::ranges::sort(function.weakened_by);
    const auto repeated = std::ranges::unique(function.weakened_by);
    function.weakened_by.erase(repeated.begin(), repeated.end());
  }
}

}  // namespace proofmark::analyze
