// SPDX-License-Identifier: Apache-2.0
//
// Tarjan's algorithm finds the groups, callees first, so that costs add up in one pass; see unit_calls.h. Its stack is kept
// by hand: a chain of calls in hostile code can be as long as the file.
#include "engine/unit_calls.h"

#include <algorithm>
#include <limits>

namespace proofmark::analyze {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

using AddCall = std::function<void(const clang::FunctionDecl&, const clang::CallExpr&)>;

class Calls : public clang::RecursiveASTVisitor<Calls> {
 public:
  explicit Calls(AddCall add) : add_(std::move(add)) {}

  bool VisitFunctionDecl(clang::FunctionDecl* function) {
    if (function->isThisDeclarationADefinition() && function->hasBody() && !function->isDependentContext())
      visit(*function, function->getBody());
    return true;
  }

 private:
  void visit(const clang::FunctionDecl& function, const clang::Stmt* stmt) {
    // What a lambda calls is called by the lambda; what sizeof is given is not called.
    if (stmt == nullptr || llvm::isa<clang::LambdaExpr, clang::UnaryExprOrTypeTraitExpr>(stmt)) return;
    if (const auto* call = llvm::dyn_cast<clang::CallExpr>(stmt)) add_(function, *call);
    for (const clang::Stmt* child : stmt->children()) visit(function, child);
  }

  AddCall add_;
};

}  // namespace

UnitCalls::UnitCalls(clang::ASTContext& tree, const SourceContext& context) {
  Calls calls([this](const clang::FunctionDecl& caller, const clang::CallExpr& call) { add(caller, call); });
  for (clang::Decl* decl : tree.getTranslationUnitDecl()->decls())
    if (context.in_project(decl->getLocation())) calls.TraverseDecl(decl);
  find_groups();
  is_called_.assign(nodes_.size(), false);
  for (const Node& node : nodes_)
    for (const auto& [to, call] : node.calls)
      if (nodes_[to].group != node.group) is_called_[nodes_[to].group] = true;
}

void UnitCalls::add(const clang::FunctionDecl& caller, const clang::CallExpr& call) {
  const clang::FunctionDecl* callee = call.getDirectCallee();
  if (callee == nullptr || !callee->hasBody(callee) || callee->isDependentContext()) return;
  const std::size_t from = index_of(caller), to = index_of(*callee);
  const bool is_known = std::ranges::any_of(nodes_[from].calls, [&](const auto& known) { return known.first == to; });
  if (!is_known) nodes_[from].calls.emplace_back(to, &call);
}

std::size_t UnitCalls::index_of(const clang::FunctionDecl& function) {
  const auto [found, is_new] = index_.try_emplace(&function, nodes_.size());
  if (is_new) nodes_.push_back({&function, {}});
  return found->second;
}

void UnitCalls::find_groups() {
  struct Frame {
    std::size_t node, next_call;
  };
  std::vector<std::size_t> number(nodes_.size(), kNone), low(nodes_.size()), open;
  std::vector<bool> is_open(nodes_.size(), false);
  std::size_t count = 0, group = 0;
  for (std::size_t start = 0; start < nodes_.size(); ++start) {
    std::vector<Frame> frames;
    const auto enter = [&](std::size_t node) {
      number[node] = low[node] = count++;
      open.push_back(node);
      is_open[node] = true;
      frames.push_back({node, 0});
    };
    if (number[start] == kNone) enter(start);
    while (!frames.empty()) {
      const std::size_t node = frames.back().node;
      if (frames.back().next_call < nodes_[node].calls.size()) {
        const std::size_t to = nodes_[node].calls[frames.back().next_call++].first;
        if (number[to] == kNone)
          enter(to);
        else if (is_open[to])
          low[node] = std::min(low[node], number[to]);
        continue;
      }
      frames.pop_back();
      if (!frames.empty()) low[frames.back().node] = std::min(low[frames.back().node], low[node]);
      if (low[node] != number[node]) continue;
      for (std::size_t member = kNone; member != node;) {
        member = open.back();
        open.pop_back();
        is_open[member] = false;
        nodes_[member].group = group;
        callees_first_.push_back(member);
      }
      ++group;
    }
  }
}

// The shortest way within one group; breadth first.
std::vector<UnitCall> UnitCalls::way(std::size_t from, std::size_t to) const {
  struct Step {
    std::size_t caller = kNone;
    const clang::CallExpr* call = nullptr;
  };
  std::vector<Step> steps(nodes_.size());
  std::vector<std::size_t> reached{from};
  for (std::size_t i = 0; i < reached.size() && steps[to].call == nullptr; ++i)
    for (const auto& [next, call] : nodes_[reached[i]].calls) {
      if (nodes_[next].group != nodes_[from].group || steps[next].call != nullptr) continue;
      steps[next] = {reached[i], call};
      reached.push_back(next);
    }
  std::vector<UnitCall> calls;
  for (std::size_t node = to; steps[node].call != nullptr && (calls.empty() || node != from); node = steps[node].caller)
    calls.push_back({nodes_[steps[node].caller].function, nodes_[node].function, steps[node].call});
  std::ranges::reverse(calls);
  return calls;
}

std::vector<std::vector<UnitCall>> UnitCalls::cycles() const {
  std::vector<std::vector<UnitCall>> cycles;
  std::vector<bool> done(nodes_.size(), false);  // groups
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    if (done[nodes_[node].group]) continue;
    done[nodes_[node].group] = true;
    if (auto cycle = way(node, node); !cycle.empty()) cycles.push_back(std::move(cycle));
  }
  return cycles;
}

std::vector<UnitCalls::Chain> UnitCalls::chains(
    const std::function<std::uint64_t(const clang::FunctionDecl&)>& cost) const {
  struct Best {
    std::uint64_t cost = 0;
    std::size_t next = kNone;
    const clang::CallExpr* call = nullptr;
  };
  std::vector<Best> best(nodes_.size());
  for (const std::size_t node : callees_first_) {
    Best& one = best[node];
    for (const auto& [to, call] : nodes_[node].calls)
      if (nodes_[to].group != nodes_[node].group && (one.call == nullptr || best[to].cost > one.cost))
        one = {best[to].cost, to, call};
    one.cost += cost(*nodes_[node].function);
  }
  std::vector<Chain> chains;
  std::vector<bool> done(nodes_.size(), false);  // groups
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    const std::size_t group = nodes_[node].group;
    if (is_called_[group] || done[group]) continue;
    done[group] = true;
    Chain chain{nodes_[node].function, {}, best[node].cost};
    for (std::size_t at = node; best[at].call != nullptr; at = best[at].next)
      chain.calls.push_back({nodes_[at].function, nodes_[best[at].next].function, best[at].call});
    chains.push_back(std::move(chain));
  }
  return chains;
}

}  // namespace proofmark::analyze
