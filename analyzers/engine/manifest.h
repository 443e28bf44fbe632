// SPDX-License-Identifier: Apache-2.0
//
// What a unit with one key looked at in earlier runs: several sets of files, because headers come and go between
// branches, and how long its analysis took.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace proofmark::analyze {

struct Manifest {
  unsigned cost_ms = 0;           // processor time
  std::vector<std::string> sets;  // each as reads_to_text writes it; the newest first

  // Puts it first; the oldest of too many goes.
  void add(std::string set);
};

std::string manifest_to_text(const Manifest& manifest);

// Nothing comes back of a text that is not such a form. The lines of the sets are looked at by who uses them.
std::optional<Manifest> manifest_from_text(std::string_view text);

}  // namespace proofmark::analyze
