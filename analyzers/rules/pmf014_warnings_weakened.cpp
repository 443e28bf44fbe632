// SPDX-License-Identifier: Apache-2.0
//
// PMF014: words that make the build itself quieter about warnings which the policy makes errors. GCC and Clang disagree
// about what a later flag takes back, so both were asked what they say with the words and without them. A warning that
// nobody asked for is no loss: the check makes it an error in any case.
#include "rules/flag_rule.h"

#include <algorithm>

#include <fmt/ranges.h>

#include "rules/warning_rule.h"

namespace proofmark::analyze {
namespace {

const char* level_name(WarningLevel level) {
  return level == WarningLevel::kOff ? "off" : level == WarningLevel::kWarning ? "a warning" : "an error";
}

// Warnings that no probe provokes can only be judged by the words.
bool names_unprobed(const std::string& flag, const std::string& name, const WarningState* warnings) {
  if (warnings != nullptr && warnings->levels.contains(name)) return false;
  return flag == "-w" || flag == "-Wno-" + name || flag == "-Wno-error=" + name;
}

bool taken_back(const Words& flags, size_t at, const std::string& name) {
  const std::string cure = "-Werror=" + name;
  return flags[at] != "-w" &&
         std::find(flags.begin() + static_cast<Words::difference_type>(at), flags.end(), cure) != flags.end();
}

// Losses by the words to blame, so that "-w" is one sentence and not sixteen.
std::map<std::string, std::vector<std::string>> group_losses(const FlagInput& in) {
  std::map<std::string, std::vector<std::string>> groups;
  if (in.warnings != nullptr)
    for (const WarningLoss& loss : in.warnings->losses)
      groups[fmt::format("{}\n{} instead of {}", fmt::join(loss.blame, " "), level_name(loss.level),
                         level_name(loss.without))]
          .push_back(loss.name);
  for (const std::string& name : enforced_warnings(in.policy))
    for (size_t i = 0; i < in.unit.flags.size(); ++i)
      if (names_unprobed(in.unit.flags[i], name, in.warnings) && !taken_back(in.unit.flags, i, name))
        groups[in.unit.flags[i] + "\nweaker"].push_back(name);
  return groups;
}

std::string describe_levels(const WarningState* warnings) {
  if (warnings == nullptr) return "unknown";
  size_t count[3] = {};
  for (const auto& [name, level] : warnings->levels) ++count[static_cast<size_t>(level)];
  return fmt::format("{} errors, {} warnings, {} off", count[2], count[1], count[0]);
}

FlagVerdict check(const FlagInput& in) {
  FlagView view{{}, describe_levels(in.warnings)};
  std::string text;
  for (const auto& [key, names] : group_losses(in)) {
    const size_t newline = key.find('\n');
    const std::string words = key.substr(0, newline);
    view.request.add(words, /*wants=*/false);
    text += fmt::format("{}{} makes {} {}", text.empty() ? "" : "; ", words, fmt::join(names, ", "),
                        key.substr(newline + 1));
  }
  return text.empty() ? view.held() : view.broken(text, "remove the flag and cure what it hides");
}

}  // namespace

constinit const FlagRule kPmf014WarningsWeakened = {
    {"PMF014", "warnings-weakened",
     "No flag makes the build quieter about the warnings that the policy makes errors (-w, -Wno-...).",
     report::Level::kMust, 1127},
    check,
    "warnings-as-errors"};

}  // namespace proofmark::analyze
