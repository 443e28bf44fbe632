// SPDX-License-Identifier: Apache-2.0
//
// PMF013: __FILE__ and debug information name the source; a build path in them tells an attacker about the build machine
// and makes two builds differ.
#include "rules/flag_rule.h"

#include <fmt/format.h>

#include "compile/prefix_map.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const FlagInput& in) {
  const std::string source = in.unit.absolute_source().string();
  const std::string directory = in.unit.directory.string();
  const PrefixMap debug(in.unit.flags);
  const PrefixMap macros(in.unit.flags, /*macros=*/true);
  const auto leaks = [](const PrefixMap& map, const std::string& path) { return map.apply(path) == path; };
  FlagView view{
      find_request(in.unit.flags, {"-ffile-prefix-map=*", "-fdebug-prefix-map=*", "-fmacro-prefix-map=*"}, {}),
      "mapped away"};
  if (!leaks(debug, source) && !leaks(macros, source) && !leaks(debug, directory)) return view.held();
  view.effective = "paths are kept";
  if (auto lacking = view.lacking(in.effective.compiler, "-ffile-prefix-map=")) return *lacking;
  const char* what = leaks(macros, source) ? "__FILE__ and assertions" : "debug information";
  return view.broken(fmt::format("no -ffile-prefix-map covers {}, which {} will name",
                                 leaks(debug, source) || leaks(macros, source) ? source : directory, what),
                     "compile with -ffile-prefix-map=<source directory>=. and one for the build directory");
}

}  // namespace

constinit const FlagRule kPmf013NoBuildPath = {
    {"PMF013", "no-build-path",
     "Build paths are mapped away, so that they do not end up in the firmware (-ffile-prefix-map).",
     report::Level::kShould, 497},
    check,
    "no-build-path"};

}  // namespace proofmark::analyze
