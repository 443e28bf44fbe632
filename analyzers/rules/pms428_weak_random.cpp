// SPDX-License-Identifier: Apache-2.0
//
// PMS428: keys, nonces and identifiers made with rand() can be computed from a few of them, or from the time of start.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  static constexpr std::string_view kNames[] = {"rand",    "rand_r",  "random",  "random_r", "drand48",
                                                "erand48", "lrand48", "nrand48", "mrand48",  "jrand48"};
  if (!is_one_of(name, kNames) || !is_library_call(callee, context)) return;
  context.report(kPms428WeakRandom, call.getBeginLoc(), std::string(name) + " gives numbers that can be guessed",
                 "use getrandom or getentropy; where nothing depends on it, waive it with that reason");
}

}  // namespace

constinit const SourceRule kPms428WeakRandom = {
    .info = {"PMS428", "weak-random", "No random number can be guessed.", report::Level::kShould, 338},
    .on_call = on_call};

}  // namespace proofmark::analyze
