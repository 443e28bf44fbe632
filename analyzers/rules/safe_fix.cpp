// SPDX-License-Identifier: Apache-2.0
//
// The table of safe edits; see safe_fix.h.
#include "rules/safe_fix.h"

#include <algorithm>
#include <iterator>

namespace proofmark::analyze {
namespace {

constexpr SafeFix kSafeFixes[] = {
    {"PMW004", "format-security", true, "The text becomes an argument of the format \"%s\"."},
    {"PMW009", "format", false, "The conversion becomes that of its argument's type on this target."},
    {"PMW091", "strncat-size", true, "The size becomes what is left in the array."},
    {"PMC019", "bugprone-inaccurate-erase", false, "The second argument of erase, the end, is added."},
    {"PMC024", "bugprone-misplaced-operator-in-strlen-in-alloc", false,
     "The 1 is added to the length, not to the text."},
    {"PMC025", "bugprone-misplaced-pointer-arithmetic-in-alloc", false,
     "The number is added to the size, not to the block."},
    {"PMC029", "bugprone-posix-return", false, "The error number is compared with 0 as such."},
    {"PMC030", "bugprone-redundant-branch-condition", false, "The condition that was just tested is not tested again."},
    {"PMC045", "bugprone-terminating-continue", false, "continue becomes the break that it is."},
};

}  // namespace

std::span<const SafeFix> safe_fixes() {
  return kSafeFixes;
}

const SafeFix* safe_fix_for(std::string_view name) {
  const auto found = std::ranges::find(kSafeFixes, name, &SafeFix::name);
  return found == std::end(kSafeFixes) ? nullptr : found;
}

}  // namespace proofmark::analyze
