// SPDX-License-Identifier: Apache-2.0
//
// PMS502: a chain of calls whose functions together take more of the stack than the policy's parameter "max-chain"
// allows. Each function may be small enough by itself.
#include <map>

#include <fmt/format.h>

#include "engine/frame_size.h"
#include "engine/source_context.h"
#include "engine/unit_calls.h"
#include "report/policy.h"
#include "rules/firmware_rules.h"

namespace proofmark::analyze {
namespace {

constexpr std::uint64_t kMaxChain = 65536;  // bytes: half of what musl gives a thread

using Chain = UnitCalls::Chain;

class Frames {
 public:
  std::uint64_t of(const clang::FunctionDecl& function) {
    const auto [found, is_new] = known_.try_emplace(&function, 0);
    if (is_new) found->second = frame_size(function).bytes;
    return found->second;
  }

 private:
  llvm::DenseMap<const clang::FunctionDecl*, std::uint64_t> known_;
};

// The function from which on a chain is too long: what else calls it need not be told.
const clang::FunctionDecl* excess(const Chain& chain, std::uint64_t most, Frames& frames) {
  std::uint64_t sum = 0;
  for (auto call = chain.calls.rbegin(); call != chain.calls.rend(); ++call) {
    sum += frames.of(*call->callee);
    if (sum > most) return call->callee;
  }
  return chain.root;
}

report::Finding finding_of(const Chain& chain, std::uint64_t most, Frames& frames, const SourceContext& context) {
  std::vector<report::PathStep> path;
  const auto step = [&](clang::SourceLocation where, const clang::FunctionDecl& function) {
    path.push_back(
        {context.place(where), fmt::format("'{}' takes {} bytes", function.getNameAsString(), frames.of(function))});
  };
  step(chain.root->getLocation(), *chain.root);
  for (const UnitCall& call : chain.calls) step(call.call->getBeginLoc(), *call.callee);
  report::Finding finding = report::make_finding(
      kPms502StackChain.info, context.policy().level(kPms502StackChain.info),
      fmt::format("the calls from '{}' to '{}' take {} bytes of the stack (expected at most {})",
                  chain.root->getNameAsString(), chain.calls.back().callee->getNameAsString(), chain.cost, most));
  finding.where = context.place(chain.root->getLocation());
  finding.path = std::move(path);
  finding.hint = "make the largest variables of the chain smaller or static, or give the task a stack of that size";
  return finding;
}

void judge(const UnitCalls& calls, const SourceContext& context, std::vector<report::Finding>& findings) {
  const nlohmann::json& given = context.policy().parameter("PMS502", "max-chain");
  const std::uint64_t most = given.is_number_unsigned() ? given.get<std::uint64_t>() : kMaxChain;
  Frames frames;
  std::map<const clang::FunctionDecl*, Chain> worst;
  for (Chain& chain : calls.chains([&](const clang::FunctionDecl& function) { return frames.of(function); })) {
    if (chain.cost <= most || chain.calls.empty()) continue;
    Chain& known = worst[excess(chain, most, frames)];
    if (chain.cost > known.cost) known = std::move(chain);
  }
  for (const auto& [function, chain] : worst)
    if (frames.of(*function) <= most)
      findings.push_back(finding_of(chain, most, frames, context));  // else it is PMS501's
}

}  // namespace

constinit const CallRule kPms502StackChain = {
    .info = {"PMS502", "stack-chain", "No chain of calls takes more of the stack than the policy allows.",
             report::Level::kShould, 770},
    .judge = judge};

}  // namespace proofmark::analyze
