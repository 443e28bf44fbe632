// SPDX-License-Identifier: Apache-2.0
//
// PMF026: a library search path inside the program is followed before the system's: who can write there owns the program.
#include "rules/link_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const LinkInput& in) {
  if (in.effective.output == LinkOutput::kRelocatable) return FlagVerdict::not_applicable("a partial link");
  FlagView view{find_request(in.requested, {}, {"-rpath*", "--rpath*", "-R*"}), ""};
  for (const std::string& path : in.effective.run_paths) view.effective += (view.effective.empty() ? "" : ":") + path;
  if (!view.effective.empty()) return view.broken("remove -rpath; with CMake, set CMAKE_SKIP_RPATH");
  view.effective = "none";
  return view.held();
}

}  // namespace

constinit const LinkRule kPmf026NoRunPath = {
    {"PMF026", "link-no-run-path", "No directory to load libraries from is built in (no -rpath).", report::Level::kMust,
     427},
    check,
    "no-runpath"};

}  // namespace proofmark::analyze
