// SPDX-License-Identifier: Apache-2.0
//
// Compiler options of `check`; see toolchain_options.h.
#include "tool/toolchain_options.h"

#include <filesystem>

#include <nlohmann/json.hpp>

#include "compile/database.h"

namespace proofmark::analyze {

void add_toolchain_options(CLI::App& verb, ToolchainOptions& options) {
  verb.add_option("--flag-cache", options.cache,
                  "where compilers' answers are kept (default: below $XDG_CACHE_HOME or ~/.cache; none: nowhere)")
      ->type_name("DIR");
  verb.add_option("--allow-driver", options.allowed_drivers,
                  "a compiler wrapper with a name of its own that may be started; a pattern of its name or path")
      ->type_name("GLOB");
  verb.add_option("--record-toolchain", options.record, "write every compiler's answer to FILE, for --no-exec")
      ->type_name("FILE");
  auto* replay = verb.add_option("--toolchain", options.replay, "recorded answers to use instead of the compilers")
                     ->type_name("FILE");
  auto* no_exec = verb.add_flag("--no-exec", options.no_exec, "start no program; needs --toolchain");
  no_exec->needs(replay);
  replay->needs(no_exec);
  verb.add_flag("--gcc-diagnostics", options.gcc_diagnostics,
                "report what GCC's own analyzer and optimiser find in the units that a GCC builds (PMG rules)")
      ->excludes(no_exec);
  verb.add_option("--link-commands", options.links,
                  "judge link steps, too: ninja (asks ninja), cmake (File API reply), none, or a file as `record` "
                  "writes (default: link_commands.json beside the compile commands)")
      ->type_name("FROM");
}

report::Result<bool> wants_gcc_diagnostics(const ToolchainOptions& options, const report::Policy& policy) {
  const bool wanted = options.gcc_diagnostics || policy.parameter("PMG", "run") == true;
  if (wanted && options.no_exec)
    return tl::unexpected(report::Error{"the policy asks what GCC itself finds, which starts it (not with --no-exec)",
                                        "without --no-exec, or with a policy that does not set PMG/run"});
  return wanted;
}

report::Result<ResolverOptions> resolver_options(const ToolchainOptions& options) {
  ResolverOptions resolver;
  resolver.allowed_drivers = options.allowed_drivers;
  if (options.no_exec) {
    auto recorded = ToolchainFile::load(options.replay);
    if (!recorded) return tl::unexpected(recorded.error());
    resolver.replay = std::move(*recorded);
  } else if (options.cache != "none") {
    resolver.cache_dir = options.cache.empty() ? default_cache_dir() : std::filesystem::path(options.cache);
  }
  return resolver;
}

report::Result<std::vector<LinkCommand>> read_links(const ToolchainOptions& options, const std::string& build) {
  if (options.links == "none") return std::vector<LinkCommand>();
  if (options.links == "ninja" && options.no_exec)
    return tl::unexpected(report::Error{"--link-commands ninja starts ninja (not with --no-exec)",
                                        "write its answer to a file: ninja -t compdb -x >links.json"});
  if (!options.links.empty()) return load_link_commands(options.links, build);
  const auto beside = database_file(build).parent_path() / "link_commands.json";
  if (!std::filesystem::exists(beside)) return std::vector<LinkCommand>();
  return load_link_commands(beside.string(), build);
}

}  // namespace proofmark::analyze
