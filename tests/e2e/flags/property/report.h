// SPDX-License-Identifier: Apache-2.0
//
// Counts agreements of one subject and prints each disagreement with all that is needed to repeat it.
#pragma once

#include <map>
#include <string>

#include <fmt/ranges.h>

#include "compile/command_line.h"

namespace proofmark::test {

class Agreement {
 public:
  explicit Agreement(std::string subject) : subject_(std::move(subject)) {}

  void compare(const std::string& what, const std::string& told, const std::string& done, const analyze::Words& flags) {
    ++count_[what];
    if (told == done) return;
    ++wrong_;
    fmt::print("DISAGREES {}: {}: told {}, done {}: {}\n", subject_, what, told, done, fmt::join(flags, " "));
  }

  // Prints the counts; returns the number of disagreements.
  size_t conclude(size_t draws) const {
    size_t all = 0;
    std::string parts;
    for (const auto& [what, count] : count_) {
      all += count;
      parts += fmt::format(" {} {}", what, count);
    }
    fmt::print("{}: {} draws, {} of {} answers agree ({} )\n", subject_, draws, all - wrong_, all, parts);
    return wrong_ + (all == 0 ? 1 : 0);
  }

 private:
  std::string subject_;
  std::map<std::string, size_t> count_;
  size_t wrong_ = 0;
};

}  // namespace proofmark::test
