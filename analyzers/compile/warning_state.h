// SPDX-License-Identifier: Apache-2.0
//
// What becomes of the warnings that a policy insists on under the flags of one unit. GCC and Clang disagree about groups
// and about what a later flag takes back, so neither is modelled: the compiler itself is given a small unit that
// provokes every one of them (warning_probe.h), and what it says is the answer.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "compile/effective.h"

namespace proofmark::analyze {

enum class WarningLevel { kOff, kWarning, kError };
using WarningLevels = std::map<std::string, WarningLevel, std::less<>>;  // by name, without -W

struct WarningLoss {
  std::string name;
  WarningLevel level = WarningLevel::kOff;    // with the command as it is
  WarningLevel without = WarningLevel::kOff;  // without the words to blame
  Words blame;
};

struct WarningState {
  WarningLevels levels;  // of every warning that has a probe
  std::vector<WarningLoss> losses;
};

// Words that can make a warning weaker: -w, -Wno-..., -fpermissive and the like.
bool can_weaken(std::string_view word);

// The levels under a list of flags; asked several times with words left out.
using AskLevels = std::function<report::Result<WarningLevels>(const Words& flags)>;

// A warning is lost when the command leaves it weaker than it would be without the words that can weaken. Each of those
// is to blame that weakens it all alone; when none does, they all are.
report::Result<WarningState> find_losses(const Words& flags, const AskLevels& ask);

}  // namespace proofmark::analyze
