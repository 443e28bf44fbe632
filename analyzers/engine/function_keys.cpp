// SPDX-License-Identifier: Apache-2.0
//
// Keys of functions; see function_keys.h.
#include "engine/function_keys.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/digest.h"

namespace proofmark::analyze {
namespace {

// The functions and initialised variables that a piece of code names. A constant table of functions may be called
// through, so what its initialiser names counts too.
class References : public clang::RecursiveASTVisitor<References> {
 public:
  bool shouldVisitImplicitCode() const { return true; }

  bool VisitDeclRefExpr(clang::DeclRefExpr* reference) {
    if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(reference->getDecl())) functions.insert(function);
    if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl())) visit_initialiser(*variable);
    return true;
  }
  bool VisitVarDecl(clang::VarDecl* variable) {
    if (const auto* cleanup = variable->getAttr<clang::CleanupAttr>()) functions.insert(cleanup->getFunctionDecl());
    return true;
  }

  llvm::SmallPtrSet<const clang::FunctionDecl*, 32> functions;

 private:
  void visit_initialiser(const clang::VarDecl& variable) {
    if (!variable.hasGlobalStorage() || !visited_.insert(variable.getCanonicalDecl()).second) return;
    if (const clang::Expr* value = variable.getAnyInitializer()) TraverseStmt(const_cast<clang::Expr*>(value));
  }

  llvm::SmallPtrSet<const clang::VarDecl*, 32> visited_;
};

}  // namespace

FunctionKeys::FunctionKeys(clang::ASTContext& tree, const TokenStream& tokens) : tree_(tree), tokens_(tokens) {
  known_ = find_slices();
  if (known_) digest_surroundings();
}

std::optional<FunctionKeys::Slice> FunctionKeys::slice_of(const clang::FunctionDecl& function) const {
  const clang::Stmt* body = function.getBody();
  const auto begin = tokens_.token_at(function.getBeginLoc());
  const auto open = tokens_.token_at(body->getBeginLoc());
  const auto close = tokens_.token_at(body->getEndLoc());
  if (!begin || !open || !close || *begin > *open || *open > *close) return std::nullopt;
  // A type that is defined as what the function returns is there for all.
  const auto type = std::lower_bound(types_.begin(), types_.end(), *begin);
  const bool defines_type = type != types_.end() && *type < *open;
  return Slice{&function, defines_type ? *open : *begin, *close + 1, 0, "", {}};
}

bool FunctionKeys::find_slices() {
  for (const clang::Decl* decl : tree_.getTranslationUnitDecl()->decls())
    if (const auto* tag = llvm::dyn_cast<clang::TagDecl>(decl); tag != nullptr && tag->isThisDeclarationADefinition())
      if (const auto at = tokens_.token_at(tag->getBeginLoc())) types_.push_back(*at);
  std::sort(types_.begin(), types_.end());
  for (const clang::Decl* decl : tree_.getTranslationUnitDecl()->decls()) {
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl);
    if (function == nullptr || !function->doesThisDeclarationHaveABody()) continue;
    auto slice = slice_of(*function);
    if (!slice) return false;
    slices_.push_back(std::move(*slice));
  }
  std::sort(slices_.begin(), slices_.end(), [](const Slice& a, const Slice& b) { return a.begin < b.begin; });
  std::size_t outside = 0, end = 0;
  for (std::size_t i = 0; i < slices_.size(); ++i) {
    Slice& slice = slices_[i];
    if (slice.begin < end) return false;
    outside += slice.begin - end;
    end = slice.end;
    slice.outside_before = outside;
    slice.digest = report::sha256_hex(tokens_.text(slice.begin, slice.end));
    by_function_[slice.function->getCanonicalDecl()] = i;
  }
  for (Slice& slice : slices_) {
    References references;
    references.TraverseDecl(const_cast<clang::FunctionDecl*>(slice.function));
    for (const clang::FunctionDecl* used : references.functions)
      if (const auto index = index_of(*used)) slice.uses.push_back(*index);
  }
  return true;
}

void FunctionKeys::digest_surroundings() {
  std::string text(tokens_.surroundings());
  std::size_t end = 0;
  for (const Slice& slice : slices_) {
    text += tokens_.text(end, slice.begin);
    end = slice.end;
  }
  text += tokens_.text(end, tokens_.size());
  surroundings_ = report::sha256_hex(text);
}

std::optional<std::size_t> FunctionKeys::index_of(const clang::FunctionDecl& function) const {
  const auto found = by_function_.find(function.getCanonicalDecl());
  return found == by_function_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<FunctionKeys::Key> FunctionKeys::key(const clang::FunctionDecl& function, const Functions& closed) const {
  const auto self = index_of(function);
  if (!self) return std::nullopt;
  std::vector<bool> reached(slices_.size());
  std::vector<std::size_t> waiting{*self};
  reached[*self] = true;
  Key key;
  while (!waiting.empty()) {
    const std::size_t at = waiting.back();
    waiting.pop_back();
    key.slices.push_back(at);
    for (const std::size_t used : slices_[at].uses)
      if (!reached[used]) {
        reached[used] = true;
        waiting.push_back(used);
      }
  }
  std::sort(key.slices.begin(), key.slices.end());
  // Where a function stands among the declarations matters: what is incomplete here may be complete further down.
  std::string text = fmt::format("{}\n{}\n", surroundings_, function.getNameAsString());
  for (const std::size_t at : key.slices)
    text += fmt::format("{} {} {} {}\n", slices_[at].function->getNameAsString(), slices_[at].outside_before,
                        slices_[at].digest, closed.contains(slices_[at].function) ? "closed" : "open");
  key.digest = report::sha256_hex(text);
  return key;
}

std::string FunctionKeys::unit_key(const std::string& salt) const {
  return report::sha256_hex(surroundings_ + "\n" + salt);
}

std::optional<std::uint32_t> FunctionKeys::number(const Key& key, const clang::FunctionDecl& function) const {
  const auto index = index_of(function);
  if (!index) return std::nullopt;
  const auto found = std::lower_bound(key.slices.begin(), key.slices.end(), *index);
  if (found == key.slices.end() || *found != *index) return std::nullopt;
  return static_cast<std::uint32_t>(found - key.slices.begin());
}

const clang::FunctionDecl* FunctionKeys::function(const Key& key, std::uint32_t number) const {
  return number < key.slices.size() ? slices_[key.slices[number]].function : nullptr;
}

// The last slice that begins at or before the token, if it holds it.
std::optional<std::size_t> FunctionKeys::slice_holding(std::size_t token) const {
  const auto after = std::upper_bound(slices_.begin(), slices_.end(), token,
                                      [](std::size_t value, const Slice& slice) { return value < slice.begin; });
  if (after == slices_.begin() || token >= std::prev(after)->end) return std::nullopt;
  return static_cast<std::size_t>(std::prev(after) - slices_.begin());
}

std::optional<Anchor> FunctionKeys::anchor(const Key& key, clang::SourceLocation place) const {
  const auto token = tokens_.token_seen_at(place, tree_.getSourceManager());
  if (!token) return std::nullopt;
  if (const auto slice = slice_holding(*token)) {
    const auto in_key = number(key, *slices_[*slice].function);
    if (!in_key) return std::nullopt;
    return Anchor{static_cast<std::int32_t>(*in_key), static_cast<std::uint32_t>(*token - slices_[*slice].begin)};
  }
  std::size_t inside = 0;
  for (const Slice& slice : slices_)
    if (slice.end <= *token) inside += slice.end - slice.begin;
  return Anchor{-1, static_cast<std::uint32_t>(*token - inside)};
}

clang::SourceLocation FunctionKeys::place(const Key& key, Anchor anchor) const {
  std::size_t token = anchor.token;
  if (anchor.slice >= 0) {
    if (static_cast<std::size_t>(anchor.slice) >= key.slices.size()) return {};
    const Slice& slice = slices_[key.slices[static_cast<std::size_t>(anchor.slice)]];
    token += slice.begin;
    return token < slice.end ? tokens_.place(token) : clang::SourceLocation();
  }
  for (const Slice& slice : slices_)
    if (slice.outside_before <= anchor.token) token += slice.end - slice.begin;
  return token < tokens_.size() ? tokens_.place(token) : clang::SourceLocation();
}

}  // namespace proofmark::analyze
