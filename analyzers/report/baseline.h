// SPDX-License-Identifier: Apache-2.0
//
// Baselines: what an earlier run found need not stop this one. A convenience of CI and no proof: the evidence keeps every
// known finding as blocking, so that `sign` still refuses.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "report/review.h"

namespace proofmark::report {

// Findings that no baseline or diff may excuse: those about waivers and about what could not be analysed say that other
// findings may be missing.
bool is_inexcusable(const Finding& finding);

class Baseline {
 public:
  // What --write-baseline, --evidence, --format json or --format sarif wrote. Waived findings in it are left
  // out: who deletes a waiver wants to see what it covered.
  static Result<Baseline> load(const std::filesystem::path& file);

  // Sets the novelty of each finding to known or new, and what is gone. A finding is known by its fingerprint; two equal
  // ones need two in the baseline, and one that the policy has raised since is new.
  void apply(Review& review) const;

 private:
  std::vector<Reviewed> findings_;  // with fingerprints
};

// The baseline of a review: everything that a later run may call known.
std::string baseline_to_json(const Review& review);

}  // namespace proofmark::report
