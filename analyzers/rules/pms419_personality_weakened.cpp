// SPDX-License-Identifier: Apache-2.0
//
// PMS419: personality() can make all readable memory executable and switch ASLR off, for the process and what it starts.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

struct Weakness {
  uint64_t flag;
  const char* text;
};

// linux/personality.h
constexpr Weakness kWeaknesses[] = {{0x0400000, "READ_IMPLIES_EXEC makes readable memory executable"},
                                    {0x0040000, "ADDR_NO_RANDOMIZE switches ASLR off"},
                                    {0x0100000, "MMAP_PAGE_ZERO maps the page that a null pointer points to"}};
constexpr uint64_t kQuery = 0xffffffff;

void on_code(const CodeFacts& code, SourceContext& context) {
  for (const CallFact& fact : code.calls) {
    if (fact.name != "personality" || !is_library_call(*fact.callee, context)) continue;
    for (uint64_t value : possible_values(argument(*fact.call, 0), context, code)) {
      if ((value & kQuery) == kQuery) continue;
      for (const Weakness& weakness : kWeaknesses)
        if ((value & weakness.flag) != 0)
          context.report(kPms419PersonalityWeakened, fact.call->getBeginLoc(), weakness.text, "leave the flag out");
    }
  }
}

}  // namespace

constinit const SourceRule kPms419PersonalityWeakened = {
    .info = {"PMS419", "personality-weakened", "No process takes memory protection or ASLR from itself.",
             report::Level::kMust, 693},
    .on_code = on_code};

}  // namespace proofmark::analyze
