// SPDX-License-Identifier: Apache-2.0
//
// The cache's options; see cache_options.h.
#include "tool/cache_options.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "report/file.h"
#include "tool/http_cache.h"

namespace proofmark::analyze {
namespace {

constexpr size_t kLeastSecret = 32;  // characters: 128 bits in hex

std::vector<std::string> places(const CacheOptions& options, bool remote) {
  std::vector<std::string> result;
  for (const std::string& place : options.places)
    if (is_http_address(place) == remote) result.push_back(place);
  return result;
}

report::Result<std::unique_ptr<RemoteCache>> open_remote(const CacheOptions& options) {
  const auto addresses = places(options, /*remote=*/true);
  if (addresses.empty()) return nullptr;
  if (addresses.size() > 1) return tl::unexpected(report::Error{"--cache: more than one server", ""});
  if (options.key_file.empty())
    return tl::unexpected(report::Error{
        "--cache with a server needs --cache-key: whoever can write there could clear any unit of its findings",
        "make a key once, and give it to all who may write results: openssl rand -hex 32 >cache.key"});
  auto secret = report::read_file(options.key_file, size_t{1} << 16);
  if (!secret) return tl::unexpected(secret.error());
  secret->erase(std::find_if(secret->begin(), secret->end(), [](char c) { return c == '\n' || c == '\r'; }),
                secret->end());
  if (secret->size() < kLeastSecret)
    return tl::unexpected(
        report::Error{fmt::format("{}: too short for a key (expected a line of at least {} characters, found {})",
                                  options.key_file, kLeastSecret, secret->size()),
                      "openssl rand -hex 32 >cache.key"});
  return make_http_cache(addresses[0], std::move(*secret));
}

}  // namespace

void add_cache_options(CLI::App& verb, CacheOptions& options) {
  verb.add_option("--cache", options.places,
                  "where results of units are kept: a directory (default: below $XDG_CACHE_HOME or ~/.cache), and the "
                  "address of a server that shares them; may be repeated")
      ->type_name("DIR|URL")
      ->expected(1)
      ->take_all();
  verb.add_option("--cache-key", options.key_file, "the secret that a server's results are checked with, in FILE")
      ->type_name("FILE");
  verb.add_flag("--no-cache", options.none, "analyse every unit, and keep nothing")->excludes("--cache");
  verb.add_flag("--cache-readonly", options.read_only, "use what is kept, and keep nothing new");
  verb.add_option("--cache-size", options.max_bytes, "remove what was not used for longest above this size")
      ->transform(CLI::AsSizeValue(/*kb_is_1000=*/false))
      ->type_name("SIZE")
      ->default_str("5G");
}

std::filesystem::path default_result_cache() {
  const auto flags = default_cache_dir();
  return flags.empty() ? flags : flags.parent_path() / "units";
}

report::Result<std::unique_ptr<ResultCache>> open_cache(const CacheOptions& options, const Relocation& relocation) {
  if (options.none) return nullptr;
  ResultCache::Options cache;
  cache.read_only = options.read_only;
  cache.max_bytes = options.max_bytes;
  auto remote = open_remote(options);
  if (!remote) return tl::unexpected(remote.error());
  cache.remote = std::move(*remote);
  const auto given = places(options, /*remote=*/false);
  if (given.size() > 1) return tl::unexpected(report::Error{"--cache: more than one directory", ""});
  const auto directory = given.empty() ? default_result_cache() : std::filesystem::path(given[0]);
  if (!directory.empty()) {
    auto opened = CacheDirectory::open(directory);
    if (opened)
      cache.directory = std::move(*opened);
    else
      fmt::print(stderr, "proofmark: warning: the cache is not used: {}\n", opened.error().message);
  }
  if (!cache.directory && cache.remote == nullptr) return nullptr;
  return std::make_unique<ResultCache>(std::move(cache), relocation);
}

void say_cache_use(const ResultCache& cache, const CheckOutcome& outcome) {
  const size_t units = outcome.from_cache + outcome.fresh;
  if (units != 0)
    fmt::print(stderr, "proofmark: {} of {} unit{} from the cache, {} analys{}\n", outcome.from_cache, units,
               units == 1 ? "" : "s", outcome.analyses, outcome.analyses == 1 ? "is" : "es");
  if (outcome.paths.kept != 0)
    fmt::print(stderr, "proofmark: {} of {} functions from the cache, {} explored\n", outcome.paths.kept,
               outcome.paths.kept + outcome.paths.explored, outcome.paths.explored);
  if (cache.damaged() != 0)
    fmt::print(stderr, "proofmark: note: {} entr{} of the cache {} damaged or not ours, and {} replaced\n",
               cache.damaged(), cache.damaged() == 1 ? "y" : "ies", cache.damaged() == 1 ? "was" : "were",
               cache.damaged() == 1 ? "is" : "are");
}

}  // namespace proofmark::analyze
