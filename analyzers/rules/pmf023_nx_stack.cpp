// SPDX-License-Identifier: Apache-2.0
//
// PMF023: one assembly file without a .note.GNU-stack section makes BFD ld mark the stack of the whole program executable. lld
// never does that by itself.
#include "rules/link_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const LinkInput& in) {
  if (in.effective.output == LinkOutput::kRelocatable) return FlagVerdict::not_applicable("a partial link");
  const char* state[] = {"whatever the objects say", "executable", "not executable"};
  const FlagView view{find_request(in.requested, {"-z noexecstack"}, {"-z execstack"}),
                      state[static_cast<size_t>(in.effective.stack)]};
  if (in.effective.stack == StackNote::kNotExecutable) return view.held();
  return view.broken("link with -Wl,-z,noexecstack, after any -z execstack");
}

}  // namespace

constinit const LinkRule kPmf023NxStack = {
    {"PMF023", "link-nx-stack", "The stack cannot be executed, whatever the objects say (-z noexecstack).",
     report::Level::kMust, 119},
    check,
    "nx-stack"};

}  // namespace proofmark::analyze
