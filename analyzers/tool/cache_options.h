// SPDX-License-Identifier: Apache-2.0
//
// Options of `check` about the cache of results.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "engine/check.h"

namespace proofmark::analyze {

struct CacheOptions {
  std::vector<std::string> places;  // directories or addresses; at most one of each
  std::string key_file;             // the secret that entries of a server are checked with
  bool none = false;
  bool read_only = false;
  std::uint64_t max_bytes = std::uint64_t{5} << 30;
};

void add_cache_options(CLI::App& verb, CacheOptions& options);

// Where results are kept without an option; empty when there is no home.
std::filesystem::path default_result_cache();

// Null when nothing is to be kept. A directory that cannot be trusted is warned about and left alone.
report::Result<std::unique_ptr<ResultCache>> open_cache(const CacheOptions& options, const Relocation& relocation);

// "12 of 15 units from the cache, 3 analyses" and what was wrong with the cache.
void say_cache_use(const ResultCache& cache, const CheckOutcome& outcome);

}  // namespace proofmark::analyze
