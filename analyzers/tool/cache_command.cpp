// SPDX-License-Identifier: Apache-2.0
//
// `cache`: how much is kept of earlier checks, and less of it.
#include <memory>
#include <string>

#include <fmt/format.h>

#include "tool/cache_options.h"
#include "tool/commands.h"
#include "tool/output.h"

namespace proofmark::analyze {
namespace {

using report::ExitCode;

struct CacheArguments {
  std::string directory, what = "show";
  std::uint64_t max_bytes = 0;
};

std::string in_mib(std::uintmax_t bytes) {
  constexpr double kMib = 1 << 20;
  return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / kMib);
}

ExitCode cache(const CacheArguments& arguments) {
  const auto directory =
      arguments.directory.empty() ? default_result_cache() : std::filesystem::path(arguments.directory);
  std::error_code error;
  if (directory.empty() || !std::filesystem::exists(directory, error))
    return fail({directory.string() + ": no such cache", "the default lies below $XDG_CACHE_HOME or ~/.cache"});
  const auto opened = CacheDirectory::open(directory);
  if (!opened) return fail(opened.error());
  const CacheUsage before = opened->usage();
  CacheUsage after = before;
  if (arguments.what == "clear") after = opened->trim(0);
  if (arguments.what == "trim") after = opened->trim(arguments.max_bytes);
  fmt::print("{}: {} entries, {}\n", opened->path().string(), after.entries, in_mib(after.bytes));
  if (after.entries != before.entries)
    fmt::print("{} entries removed, {}\n", before.entries - after.entries, in_mib(before.bytes - after.bytes));
  return ExitCode::kYes;
}

}  // namespace

Action add_cache(CLI::App& verb) {
  auto arguments = std::make_shared<CacheArguments>();
  verb.add_option("WHAT", arguments->what, "show, clear, or trim to --max-size")
      ->check(CLI::IsMember({"show", "clear", "trim"}))
      ->capture_default_str();
  verb.add_option("--cache", arguments->directory, "the cache (default: that of `check`)")->type_name("DIR");
  verb.add_option("--max-size", arguments->max_bytes, "trim: how much may stay")
      ->transform(CLI::AsSizeValue(/*kb_is_1000=*/false))
      ->type_name("SIZE");
  return [arguments] { return cache(*arguments); };
}

}  // namespace proofmark::analyze
