// SPDX-License-Identifier: Apache-2.0
//
// A report as CI looks at it: each finding has a name that stays when lines move, and says whether it belongs to the change
// under review where a baseline (baseline.h) or a diff tells. The evidence knows nothing of either: what may pass in CI is
// no proof.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "report/evidence.h"
#include "report/report.h"

namespace proofmark::report {

enum class Novelty {
  kUntold,     // neither baseline nor diff was given
  kNew,        // this change's own
  kKnown,      // the baseline has it
  kElsewhere,  // on no line that the change touches
};

// "", "new", "known", "elsewhere".
std::string_view novelty_name(Novelty novelty);

struct Reviewed {
  Finding finding;
  // 16 hexadecimal digits of rule, file and text of the line, blanks aside. A finding without a source line is told by its
  // message, numbers aside: they change with every build.
  std::string fingerprint;
  std::string id;  // fingerprint and a counter where those are equal, "8c9a52d20f232ff4:1": unique in a review
  Novelty novelty = Novelty::kUntold;

  bool excused() const { return novelty == Novelty::kKnown || novelty == Novelty::kElsewhere; }
  bool fails_run() const { return finding.blocks() && !excused(); }
  // How much it matters, for writers that can show only some: what fails the run first, waived ones last.
  unsigned urgency() const;
};

struct Review {
  Report report;                      // what ran; its findings are not used by writers
  std::vector<Reviewed> findings;     // those that are not off, sorted, without repetitions
  std::vector<Reviewed> gone;         // in the baseline, and no longer found
  std::vector<std::string> subjects;  // the units or ELF files looked at, those without findings included
  std::vector<Waiver> comments;       // waivers in comments of the source
  std::filesystem::path rule_pages;   // folder of docs/rules for the help of rules, empty = none
  bool incomplete = false;            // something could not be analysed

  // Whether it is a comment of the source that waives the finding, and no file of waivers.
  bool waived_in_source(const Finding& finding) const;

  // kCannotTell when the answer is incomplete, else kNo when a finding fails the run.
  ExitCode verdict() const;
};

// Reads the sources for the fingerprints, so it belongs where they are.
Review review(Report report);

// The ids of findings that have fingerprints, in their order.
void number(std::vector<Reviewed>& findings);

// What finding_to_json gives, with fingerprint, id and, where it is told, novelty.
nlohmann::json reviewed_to_json(const Reviewed& reviewed);

// The evidence with the fingerprints of its findings, so that it can be a later run's baseline. Who reads evidence for its
// verdict ignores them.
std::string evidence_to_json(const Evidence& evidence, const Review& review);

// Where the pages of the rules are: ../share/proofmark/rules beside the running program.
std::filesystem::path default_rule_pages();

}  // namespace proofmark::report
