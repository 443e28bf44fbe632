// SPDX-License-Identifier: Apache-2.0
//
// What the path-sensitive analysis of one function depends on, as a digest: everything outside of functions, and the
// functions that it can reach. Two units, or two states of one, in which the digest is equal give the same reports, at
// the same tokens.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/anchor.h"
#include "engine/token_stream.h"

namespace proofmark::analyze {

class FunctionKeys {
 public:
  // Of a unit whose language it serves. `tokens` must be indexed, and outlive this.
  FunctionKeys(clang::ASTContext& tree, const TokenStream& tokens);

  // In languages other than C more than references says what a function reaches: there are no keys then.
  static bool serves(const clang::LangOptions& language) {
    return !language.CPlusPlus && !language.ObjC && !language.Blocks;
  }

  // False for code whose functions can't be told apart by tokens. Nothing below may be called then.
  bool known() const { return known_; }

  // Digest of everything outside of functions, and of what else the caller's results depend on.
  std::string unit_key(const std::string& salt) const;

  struct Key {
    std::string digest;               // lower-case hex
    std::vector<std::size_t> slices;  // the reachable functions with itself, in the order of the source
  };
  using Functions = llvm::SmallPtrSet<const clang::FunctionDecl*, 16>;
  // Nothing for a function without a body. `closed`: definitions that the analysis will not follow into.
  std::optional<Key> key(const clang::FunctionDecl& function, const Functions& closed) const;

  // A reachable function's number in the key, and back; nothing and null when there is none such.
  std::optional<std::uint32_t> number(const Key& key, const clang::FunctionDecl& function) const;
  const clang::FunctionDecl* function(const Key& key, std::uint32_t number) const;

  std::optional<Anchor> anchor(const Key& key, clang::SourceLocation place) const;
  // Invalid when the anchor leads nowhere.
  clang::SourceLocation place(const Key& key, Anchor anchor) const;

 private:
  struct Slice {
    const clang::FunctionDecl* function;
    std::size_t begin = 0, end = 0;  // tokens
    std::size_t outside_before = 0;  // tokens outside of functions that come before
    std::string digest;
    std::vector<std::size_t> uses;
  };

  bool find_slices();
  std::optional<Slice> slice_of(const clang::FunctionDecl& function) const;
  std::optional<std::size_t> slice_holding(std::size_t token) const;
  std::optional<std::size_t> index_of(const clang::FunctionDecl& function) const;
  void digest_surroundings();

  clang::ASTContext& tree_;
  const TokenStream& tokens_;
  std::vector<std::size_t> types_;  // first tokens of structures, unions and enumerations at file scope
  std::vector<Slice> slices_;
  llvm::DenseMap<const clang::FunctionDecl*, std::size_t> by_function_;  // canonical declarations
  std::string surroundings_;
  bool known_ = false;
};

}  // namespace proofmark::analyze
