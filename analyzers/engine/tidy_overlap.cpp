// SPDX-License-Identifier: Apache-2.0
//
// The table of defects that are found twice; see tidy_overlap.h.
#include "engine/tidy_overlap.h"

#include <algorithm>

namespace proofmark::analyze {
namespace {

struct Overlap {
  std::string_view check;  // of clang-tidy
  std::string_view other;  // beginning of a rule's id, or of a compiler warning's tag
};

// The check has to give way: the other rule knows the path, or names the weakness more closely.
constexpr Overlap kOthersKnowBetter[] = {
    {"bugprone-not-null-terminated-result", "PMS10"},
    {"bugprone-sizeof-expression", "PMW014"},
    {"bugprone-suspicious-realloc-usage", "PMS108"},
    {"cert-err33-c", "PMS410"},
    {"cert-err33-c", "PMS411"},
    {"cert-err33-c", "-Wunused-result"},
    {"cert-msc32-c", "PMS428"},
    {"misc-no-recursion", "PMS503"},
};

// A warning that nobody made an error, or a report without a rule of its own, gives way to the check, which has a CWE id.
constexpr Overlap kChecksKnowBetter[] = {
    {"bugprone-chained-comparison", "-Wparentheses"},
    {"bugprone-dangling-handle", "-Wdangling"},
    {"bugprone-suspicious-memset-usage", "-Wmemset-transposed-args"},
    {"bugprone-suspicious-semicolon", "-Wempty-body"},
    {"bugprone-throw-keyword-missing", "-Wunused-value"},
    {"bugprone-undefined-memory-manipulation", "-Wnontrivial-memcall"},
    {"bugprone-use-after-move", "PMS199"},
    {"misc-redundant-expression", "-Wtautological-compare"},
};

bool is(const report::Finding& finding, std::string_view what) {
  return finding.rule.starts_with(what) || finding.tag.starts_with(what);
}

bool is_warning_only(const report::Finding& finding) {
  return finding.rule == "PMW091" || finding.rule == "PMS199";
}

}  // namespace

bool tidy_makes_superfluous(const report::Finding& one, const report::Finding& other) {
  if (one.rule.starts_with("PMC"))
    return std::ranges::any_of(kOthersKnowBetter, [&](const Overlap& overlap) {
      return one.tag == overlap.check && is(other, overlap.other);
    });
  if (!other.rule.starts_with("PMC") || !is_warning_only(one)) return false;
  return std::ranges::any_of(
      kChecksKnowBetter, [&](const Overlap& overlap) { return other.tag == overlap.check && is(one, overlap.other); });
}

}  // namespace proofmark::analyze
