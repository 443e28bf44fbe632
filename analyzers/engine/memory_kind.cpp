// SPDX-License-Identifier: Apache-2.0
//
// Where an overrun object lives; see memory_kind.h.
#include "engine/memory_kind.h"

namespace proofmark::analyze {
namespace {

using std::string_view;

bool contains(string_view text, string_view words) {
  return text.find(words) != string_view::npos;
}

// "... after the end of 's.buf'" names s.
string_view named_variable(string_view message) {
  const size_t open = message.find('\'');
  if (open == string_view::npos) return {};
  const string_view rest = message.substr(open + 1);
  return rest.substr(0, rest.find_first_of("'.[-"));
}

const clang::ValueDecl* named_by(const clang::Expr* expression) {
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expression->IgnoreParenCasts());
  return reference == nullptr ? nullptr : reference->getDecl();
}

// "line[strcspn(line, "\n")]": the index is the length of a part of the very string.
bool stays_in_string(const clang::ArraySubscriptExpr& subscript) {
  const auto* call = llvm::dyn_cast<clang::CallExpr>(subscript.getIdx()->IgnoreParenCasts());
  const clang::FunctionDecl* callee = call == nullptr ? nullptr : call->getDirectCallee();
  if (callee == nullptr || callee->getIdentifier() == nullptr || call->getNumArgs() == 0) return false;
  const llvm::StringRef name = callee->getName();
  if (name != "strlen" && name != "strspn" && name != "strcspn") return false;
  const clang::ValueDecl* string = named_by(call->getArg(0));
  return string != nullptr && string == named_by(subscript.getBase());
}

// Finds what the report talks about, in the functions that contain one of its locations.
class PlaceVisitor : public clang::RecursiveASTVisitor<PlaceVisitor> {
 public:
  PlaceVisitor(const clang::SourceManager& sources, clang::SourceLocation place, string_view name)
      : sources_(sources), place_(sources.getFileLoc(place)), name_(name) {}

  bool VisitVarDecl(clang::VarDecl* variable) {
    if (!name_.empty() && variable->getName() == llvm::StringRef(name_.data(), name_.size()) &&
        !variable->getType()->isPointerType())
      named = variable;
    return true;
  }
  bool VisitCallExpr(clang::CallExpr* call) {
    if (covers(call)) innermost_call = call;
    return true;
  }
  bool VisitBinaryOperator(clang::BinaryOperator* operation) {
    if (operation->isAssignmentOp() && covers(operation->getLHS())) writes = true;
    return true;
  }
  bool VisitUnaryOperator(clang::UnaryOperator* operation) {
    if (operation->isIncrementDecrementOp() && covers(operation->getSubExpr())) writes = true;
    return true;
  }
  bool VisitArraySubscriptExpr(clang::ArraySubscriptExpr* subscript) {
    if (!covers(subscript)) return true;
    subscripts = true;
    in_string = in_string || stays_in_string(*subscript);
    return true;
  }

  const clang::VarDecl* named = nullptr;
  const clang::CallExpr* innermost_call = nullptr;
  bool writes = false;
  bool subscripts = false;
  bool in_string = false;

 private:
  bool covers(const clang::Stmt* statement) const {
    const clang::SourceLocation begin = sources_.getFileLoc(statement->getBeginLoc());
    const clang::SourceLocation end = sources_.getFileLoc(statement->getEndLoc());
    if (begin.isInvalid() || end.isInvalid()) return false;
    return begin == place_ ||
           (sources_.isBeforeInTranslationUnit(begin, place_) && !sources_.isBeforeInTranslationUnit(end, place_));
  }

  const clang::SourceManager& sources_;
  clang::SourceLocation place_;
  string_view name_;
};

bool function_contains(const clang::SourceManager& sources, const clang::Decl* decl, clang::SourceLocation place) {
  const clang::SourceLocation where = sources.getFileLoc(place);
  const clang::SourceLocation begin = sources.getFileLoc(decl->getBeginLoc());
  const clang::SourceLocation end = sources.getFileLoc(decl->getEndLoc());
  return begin.isValid() && end.isValid() && !sources.isBeforeInTranslationUnit(where, begin) &&
         !sources.isBeforeInTranslationUnit(end, where);
}

clang::FunctionDecl* function_at(clang::ASTContext& context, clang::DeclContext* scope, clang::SourceLocation place) {
  const clang::SourceManager& sources = context.getSourceManager();
  for (clang::Decl* decl : scope->decls()) {
    if (!function_contains(sources, decl, place)) continue;
    if (auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl); function != nullptr && function->hasBody())
      return function;
    // Functions of C++ live in namespaces and classes; their nesting is as deep as the source's.
    if (auto* inner = llvm::dyn_cast<clang::DeclContext>(decl)) return function_at(context, inner, place);
  }
  return nullptr;
}

const clang::VarDecl* global_named(clang::ASTContext& context, string_view name) {
  for (clang::Decl* decl : context.getTranslationUnitDecl()->decls()) {
    auto* variable = llvm::dyn_cast<clang::VarDecl>(decl);
    if (variable != nullptr && variable->getName() == llvm::StringRef(name.data(), name.size())) return variable;
  }
  return nullptr;
}

// The parameter, when an expression is nothing but one or an offset from one.
const clang::ParmVarDecl* plain_parameter(const clang::Expr* expression) {
  expression = expression->IgnoreParenCasts();
  if (const auto* sum = llvm::dyn_cast<clang::BinaryOperator>(expression); sum != nullptr && sum->isAdditiveOp())
    expression = sum->getLHS()->IgnoreParenCasts();
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expression);
  return reference == nullptr ? nullptr : llvm::dyn_cast<clang::ParmVarDecl>(reference->getDecl());
}

// "char *p = buf;": what a local pointer was first set to.
const clang::Expr* initial_value(const clang::Expr* expression) {
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expression->IgnoreParenCasts());
  const auto* variable = reference == nullptr ? nullptr : llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
  return variable == nullptr ? nullptr : variable->getInit();
}

// The argument that a report of the string and POSIX checkers is about. They count in words: "The 2nd argument to 'recv'
// is a buffer with size 64".
unsigned argument_index(string_view message) {
  return contains(message, "The 2nd argument") ? 1 : contains(message, "The 3rd argument") ? 2 : 0;
}

}  // namespace

const clang::VarDecl* accessed_variable(const clang::Expr* expression) {
  while (expression != nullptr) {
    expression = expression->IgnoreParenCasts();
    if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expression)) {
      const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
      return variable != nullptr && variable->getType()->isPointerType() ? nullptr : variable;
    }
    if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(expression)) {
      expression = member->isArrow() ? nullptr : member->getBase();
    } else if (const auto* subscript = llvm::dyn_cast<clang::ArraySubscriptExpr>(expression)) {
      expression = subscript->getBase();
    } else if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expression)) {
      expression = unary->getOpcode() == clang::UO_AddrOf ? unary->getSubExpr() : nullptr;
    } else if (const auto* sum = llvm::dyn_cast<clang::BinaryOperator>(expression)) {
      expression = sum->isAdditiveOp() ? sum->getLHS() : nullptr;
    } else {
      expression = nullptr;
    }
  }
  return nullptr;
}

Memory memory_of(const clang::VarDecl& variable) {
  return variable.hasLocalStorage() ? Memory::kStack : Memory::kStatic;
}

Memory MemoryFinder::memory(string_view message, clang::SourceLocation place,
                            const std::vector<clang::SourceLocation>& path) const {
  if (contains(message, "heap area")) return Memory::kHeap;
  if (contains(message, "alloca")) return Memory::kStack;
  if (contains(message, "string literal")) return Memory::kStatic;

  const string_view name = named_variable(message);
  std::vector<clang::SourceLocation> places{place};
  places.insert(places.end(), path.rbegin(), path.rend());
  std::vector<const clang::CallExpr*> calls;  // from the place outwards
  for (clang::SourceLocation one : places) {
    clang::FunctionDecl* function = function_at(context_, context_.getTranslationUnitDecl(), one);
    if (function == nullptr) continue;
    PlaceVisitor visitor(context_.getSourceManager(), one, name);
    visitor.TraverseDecl(function);
    if (visitor.named != nullptr) return memory_of(*visitor.named);
    if (visitor.innermost_call != nullptr) calls.push_back(visitor.innermost_call);
  }
  if (const clang::VarDecl* variable = global_named(context_, name)) return memory_of(*variable);
  return memory_of_argument(calls, argument_index(message));
}

// Follows an argument out of the function that was given it: from memset(p, ...) in fill(p) to fill(buf) in its caller.
Memory MemoryFinder::memory_of_argument(const std::vector<const clang::CallExpr*>& calls, unsigned index) const {
  const clang::FunctionDecl* callee = nullptr;  // null: the first call is meant, whatever it calls
  for (const clang::CallExpr* call : calls) {
    if (callee != nullptr && call->getDirectCallee() != callee) continue;
    if (index >= call->getNumArgs()) return Memory::kUnknown;
    const clang::Expr* argument = call->getArg(index);
    if (const clang::VarDecl* variable = accessed_variable(argument)) return memory_of(*variable);
    const clang::ParmVarDecl* parameter = plain_parameter(argument);
    if (parameter == nullptr) {
      const clang::Expr* initial = initial_value(argument);
      const clang::VarDecl* variable = initial == nullptr ? nullptr : accessed_variable(initial);
      return variable == nullptr ? Memory::kUnknown : memory_of(*variable);
    }
    callee = llvm::dyn_cast<clang::FunctionDecl>(parameter->getDeclContext());
    index = parameter->getFunctionScopeIndex();
  }
  return Memory::kUnknown;
}

Access MemoryFinder::access(string_view checker, string_view message, clang::SourceLocation place) const {
  if (contains(message, "destination buffer")) return Access::kWrite;
  clang::FunctionDecl* function = function_at(context_, context_.getTranslationUnitDecl(), place);
  if (function == nullptr) return Access::kUnknown;
  PlaceVisitor visitor(context_.getSourceManager(), place, {});
  visitor.TraverseDecl(function);
  if (visitor.writes) return Access::kWrite;
  if (contains(checker, "cstring")) return Access::kRead;
  if (contains(checker, "StdCLibraryFunctions") && visitor.innermost_call != nullptr) {
    // A buffer that the callee may not change is read.
    const clang::FunctionDecl* callee = visitor.innermost_call->getDirectCallee();
    const unsigned index = argument_index(message);
    if (callee == nullptr || index >= callee->getNumParams()) return Access::kUnknown;
    const clang::QualType pointee = callee->getParamDecl(index)->getType()->getPointeeType();
    return !pointee.isNull() && pointee.isConstQualified() ? Access::kRead : Access::kWrite;
  }
  return visitor.subscripts ? Access::kRead : Access::kUnknown;
}

bool MemoryFinder::stays_in_string(clang::SourceLocation place) const {
  clang::FunctionDecl* function = function_at(context_, context_.getTranslationUnitDecl(), place);
  if (function == nullptr) return false;
  PlaceVisitor visitor(context_.getSourceManager(), place, {});
  visitor.TraverseDecl(function);
  return visitor.in_string;
}

}  // namespace proofmark::analyze
