// SPDX-License-Identifier: Apache-2.0
//
// The rules PMS5##: what firmware must not do with its small stacks, its interrupts, and what comes from the wire. Those
// about calls get the graph of the unit's calls, once, and give findings with a path; the others are source rules.
#pragma once

#include <array>
#include <vector>

#include "rules/source_rule.h"

namespace proofmark::analyze {

class UnitCalls;  // engine/unit_calls.h

extern const SourceRule kPms501StackFrame, kPms504WireValueNarrowed, kPms505ByteBufferCast, kPms506InterruptHandlerCall,
    kPms507SecretNotWiped;

struct CallRule {
  report::RuleInfo info;
  void (*judge)(const UnitCalls&, const SourceContext&, std::vector<report::Finding>&);
};

extern const CallRule kPms502StackChain, kPms503Recursion;

constexpr std::array<const CallRule*, 2> kCallRules{&kPms502StackChain, &kPms503Recursion};

}  // namespace proofmark::analyze
