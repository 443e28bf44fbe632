// SPDX-License-Identifier: Apache-2.0
//
// The calls between the functions that a unit of the project defines: its cycles, and its most expensive chains. Calls
// through pointers and of other units' functions are not in it.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "engine/source_context.h"

namespace proofmark::analyze {

// One call: `call` is made in `caller`.
struct UnitCall {
  const clang::FunctionDecl* caller;
  const clang::FunctionDecl* callee;  // definition, like the caller
  const clang::CallExpr* call;
};

class UnitCalls {
 public:
  UnitCalls(clang::ASTContext& tree, const SourceContext& context);

  // For each group of functions that can call themselves, one cycle, from a function back to itself, in the order of
  // the text.
  std::vector<std::vector<UnitCall>> cycles() const;

  struct Chain {
    const clang::FunctionDecl* root = nullptr;
    std::vector<UnitCall> calls;  // the first is made in `root`
    std::uint64_t cost = 0;
  };
  // The chain that costs most, for each function that no other of the unit calls. A group that calls itself counts as its
  // first function does: no chain goes on from one of its functions to another.
  std::vector<Chain> chains(const std::function<std::uint64_t(const clang::FunctionDecl&)>& cost) const;

 private:
  struct Node {
    const clang::FunctionDecl* function;
    std::vector<std::pair<std::size_t, const clang::CallExpr*>> calls;
    std::size_t group = 0;  // functions that reach each other have the same
  };

  void add(const clang::FunctionDecl& caller, const clang::CallExpr& call);
  std::size_t index_of(const clang::FunctionDecl& function);
  void find_groups();
  std::vector<UnitCall> way(std::size_t from, std::size_t to) const;

  std::vector<Node> nodes_;
  llvm::DenseMap<const clang::FunctionDecl*, std::size_t> index_;
  std::vector<std::size_t> callees_first_;  // nodes
  std::vector<bool> is_called_;             // groups: from another one
};

}  // namespace proofmark::analyze
