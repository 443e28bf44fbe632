// SPDX-License-Identifier: Apache-2.0
//
// PMF014: flags that switch off warnings which the policy makes errors. Warning flags are not "last one wins": -w kills
// -Werror=x wherever it stands, and GCC and Clang disagree about groups, so mere presence counts, except that a later
// explicit -Werror=x takes back an earlier -Wno-x or -Wno-error=x in both.
#include "rules/flag_rule.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/warning_rule.h"

namespace proofmark::analyze {
namespace {

bool weakens(const std::string& flag, const std::vector<std::string>& enforced) {
  if (flag == "-w" || flag == "-fpermissive") return true;
  for (const std::string& name : enforced)
    if (flag == "-Wno-" + name || flag == "-Wno-error=" + name) return true;
  return false;
}

bool taken_back(const Words& flags, size_t at) {
  std::string_view name = flags[at];
  for (std::string_view prefix : {"-Wno-", "error="})
    if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  const std::string cure = fmt::format("-Werror={}", name);
  return std::find(flags.begin() + static_cast<Words::difference_type>(at), flags.end(), cure) != flags.end();
}

FlagVerdict check(const FlagInput& in) {
  const std::vector<std::string> enforced = enforced_warnings(in.policy);
  std::string found;
  for (size_t i = 0; i < in.unit.flags.size(); ++i) {
    const std::string& flag = in.unit.flags[i];
    if (!weakens(flag, enforced) || taken_back(in.unit.flags, i)) continue;
    found += (found.empty() ? "" : ", ") + flag;
  }
  FlagView view{{}, found.empty() ? "errors" : "weakened"};
  view.request.words = found;
  if (found.empty()) return view.held();
  return view.broken(fmt::format("requested {}, which hides warnings that the policy makes errors", found),
                     "remove the flag and cure what it hides");
}

}  // namespace

constinit const FlagRule kPmf014WarningsWeakened = {
    {"PMF014", "warnings-weakened",
     "No flag switches off the warnings that the policy makes errors (-w, -Wno-error=..., -fpermissive).",
     report::Level::kMust, 1127},
    check,
    "warnings-as-errors"};

}  // namespace proofmark::analyze
