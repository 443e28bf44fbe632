// SPDX-License-Identifier: Apache-2.0
//
// Results of the path-sensitive analysis, function by function, kept for later runs: after an edit only the functions
// that can see it are explored again. One entry of the cache holds what is known under one key of a unit's surroundings.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/anchor.h"
#include "engine/cache_directory.h"
#include "report/finding.h"

namespace proofmark::analyze {

struct KeptReport {
  report::Finding finding;     // without its places
  std::vector<Anchor> places;  // of the finding, then of each step of its path
};

struct KeptFunction {
  std::vector<KeptReport> reports;
  // Functions by their number in the key:
  std::vector<std::uint32_t> inlined;   // need no analysis of their own any more
  std::vector<std::uint32_t> too_long;  // are not to be followed into again
};

class FunctionResults {
 public:
  // `directory` null: nothing is found or kept. What is there and can't be believed (not ours alone, damaged, of
  // another key) is as good as nothing.
  FunctionResults(const CacheDirectory* directory, const std::string& key);

  const KeptFunction* find(const std::string& digest) const;
  void keep(const std::string& digest, KeptFunction result);

  // Writes what was kept since, together with what was read. A failure costs time in the next run, nothing else.
  void save() const;

 private:
  void load();

  const CacheDirectory* directory_;
  EntryName name_;
  std::map<std::string, KeptFunction> kept_;
  bool changed_ = false;
};

}  // namespace proofmark::analyze
