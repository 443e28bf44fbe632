// SPDX-License-Identifier: Apache-2.0
//
// The --waivers option; see waiver_files.h.
#include "tool/waiver_files.h"

#include <filesystem>

#include "report/date.h"
#include "rules/unit_rules.h"

namespace proofmark::analyze {

void add_waivers_option(CLI::App& verb, std::vector<std::string>& files) {
  verb.add_option("--waivers", files, "accepted findings; may be repeated")->type_name("FILE")->expected(1)->take_all();
}

report::Result<std::vector<report::Waivers>> load_waivers(const std::vector<std::string>& files) {
  std::vector<report::Waivers> all;
  for (const std::string& file : files) {
    auto waivers = report::Waivers::load(file);
    if (!waivers) return tl::unexpected(waivers.error());
    all.push_back(std::move(*waivers));
  }
  return all;
}

void apply_waivers(const std::vector<report::Waivers>& waivers, UnusedWaivers unused, report::Evidence& evidence) {
  const auto judged = unused == UnusedWaivers::kReport ? all_rules() : std::vector<report::RuleInfo>{};
  const report::WaiverContext context{judged, std::filesystem::current_path(), report::today(), evidence.waiver_terms};
  report::judge_waivers(evidence.source_waivers, evidence.findings, context);
  for (const report::Waivers& file : waivers) file.apply(evidence.findings, context);
}

}  // namespace proofmark::analyze
