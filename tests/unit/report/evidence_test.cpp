// SPDX-License-Identifier: Apache-2.0
//
// Evidence: what is written is read back, shards join, and a file that contradicts itself is refused.
#include "report/evidence.h"
#include "check.h"
#include "report/digest.h"

namespace proofmark::test {
namespace {

using report::Evidence;

Evidence check_evidence() {
  Evidence evidence;
  evidence.tool = "proofmark-analyze";
  evidence.tool_version = "0.1.0";
  evidence.board = "qemu-amd64";
  evidence.policy = "openssf-2026-06";
  evidence.policy_sha256 = report::sha256_hex("policy");
  evidence.properties = {"canary", "pie"};
  evidence.units = {{"/p/b.c", "b.c", "02", "12", true}, {"/p/a.c", "a.c", "01", "11", true}};
  report::conclude(evidence, false);
  return evidence;
}

Evidence audit_evidence() {
  Evidence evidence = check_evidence();
  evidence.kind = report::EvidenceKind::kAudit;
  evidence.units.clear();
  evidence.artifact = {"abc", 123, "00ff", "aarch64", "static-pie"};
  evidence.elf_units = {"/p/b.c", "/p/a.c"};
  evidence.prebuilt = {{"libc.a", 422, true}, {"libx.a", 1, false}};
  evidence.debug = report::DebugFile{"debug/x.debug", "def"};
  report::conclude(evidence, false);
  return evidence;
}

std::string round_trip(const Evidence& evidence) {
  const std::string text = report::evidence_to_json(evidence);
  const auto back = report::evidence_from_json(text, "e.json");
  return back ? same(report::evidence_to_json(*back), text) : back.error().message;
}

Evidence waived_evidence() {
  Evidence evidence = check_evidence();
  report::Finding finding =
      report::make_finding({"PMS103", "", "", report::Level::kMust, 0}, report::Level::kMust, "x");
  finding.where = {"/p/a.h", 3, 1};
  evidence.findings = {finding};
  evidence.waiver_terms.max_days = 90;
  report::Waiver waiver;
  waiver.rule = "PMS103";
  waiver.owner = "jane";
  waiver.reason = "checked";
  waiver.expires = *report::parse_date("2027-01-01");
  waiver.file = "/p/a.h";
  waiver.line = 2;
  waiver.covers = 3;
  evidence.source_waivers = {waiver};
  report::judge_waivers(evidence.source_waivers, evidence.findings, {{}, "/p", *report::parse_date("2026-12-01"), {}});
  report::conclude(evidence, false);
  return evidence;
}

std::string reads_back_what_it_wrote() {
  return round_trip(check_evidence()) + round_trip(audit_evidence()) + round_trip(waived_evidence());
}

std::string waivers_are_counted_and_join() {
  const std::string text = report::evidence_to_json(waived_evidence());
  std::string edited = text;
  edited.replace(edited.find("\"jane\": 1"), 9, "\"jane\": 0");
  Evidence unused = waived_evidence();
  unused.source_waivers[0].used = false;
  const auto merged = report::merge({unused, waived_evidence()});
  return holds(text.find("\"PMS103\": 1") != std::string::npos, "by rule") +
         same(error_of(report::evidence_from_json(edited, "e.json")),
              "e.json: not evidence: \"waived\" contradicts the findings") +
         holds(merged && merged->source_waivers.size() == 1 && merged->source_waivers[0].used &&
                   merged->waiver_terms.max_days == 90,
               "seen twice is one waiver, and used where one used it");
}

std::string is_sorted_and_passes() {
  const Evidence evidence = check_evidence();
  return holds(evidence.passed, "no finding, no failure: pass") + same(evidence.units[0].name, "/p/a.c") +
         same(evidence.properties[0], "pie");
}

std::string failed_unit_never_passes() {
  Evidence evidence = check_evidence();
  evidence.units[0].analysed = false;
  report::conclude(evidence, false);
  return holds(!evidence.passed, "a failed unit fails the evidence");
}

// The message when `from` is replaced by `to` in good evidence.
std::string error_with(std::string_view from, std::string_view to) {
  std::string text = report::evidence_to_json(audit_evidence());
  const auto at = text.find(from);
  if (at == std::string::npos) return "(nothing to replace)";
  text.replace(at, from.size(), to);
  return error_of(report::evidence_from_json(text, "e.json"));
}

std::string edited_evidence_is_refused() {
  return same(error_with("\"kind\": \"audit\"", "\"kind\": \"other\""),
              "e.json: not evidence: \"kind\" is unknown (expected check or audit, found other)") +
         same(error_with("\"findings\": 0", "\"findings\": 1"),
              "e.json: not evidence: the verdict or the counts contradict the findings") +
         same(error_with("\"advisory\": 0", "\"advisory\": 2"),
              "e.json: not evidence: the verdict or the counts contradict the findings") +
         same(error_with("\"pie\"", "\"cake\""), "e.json: not evidence: unknown property \"cake\"") +
         same(error_with("\"size\": 123", "\"size\": -1"), "e.json: not evidence: \"size\" is not a count (found -1)") +
         same(error_with("\"waived\": true", "\"waived\": 1"),
              "e.json: not evidence: \"waived\" is not true or false (found 1)") +
         same(error_with("\"board\"", "\"bored\""), "e.json: not evidence: \"board\" is missing") +
         same(error_of(report::evidence_from_json("[]", "e.json")),
              "e.json: not evidence: \"proofmark_evidence\" is missing");
}

std::string shards_join() {
  Evidence one = check_evidence(), two = check_evidence();
  one.units.erase(one.units.begin());
  two.units.erase(two.units.begin() + 1);
  two.properties = {"pie"};
  report::Evidence link = one;  // of a link step alone
  link.units.clear();
  link.properties.clear();
  for (const auto& parts : {std::vector{one, two}, {one, link, two}, {link, one, two}}) {
    const auto merged = report::merge(parts);
    if (!merged) return merged.error().message;
    const std::string wrong = holds(merged->units.size() == 2 && merged->passed, "all units, pass") +
                              holds(merged->properties == std::vector<std::string>{"pie"}, "only what all hold");
    if (!wrong.empty()) return wrong;
  }
  return {};
}

std::string shards_of_different_builds_do_not_join() {
  Evidence other = check_evidence();
  other.units[0].source_sha256 = "ff";
  Evidence board = check_evidence();
  board.board = "qemu-arm64";
  return same(error_of(report::merge({check_evidence(), other})), "/p/a.c: analysed from two different sources") +
         same(error_of(report::merge({check_evidence(), board})),
              "evidence is for different boards (expected qemu-amd64, found qemu-arm64)") +
         same(error_of(report::merge({check_evidence(), audit_evidence()})),
              "only evidence of kind check can be merged (found audit)") +
         same(error_of(report::merge({})), "no evidence to merge");
}

std::string one_source_for_two_targets_is_two_units() {
  Evidence other = check_evidence();
  other.units[0].command_sha256 = "ff";
  other.units[0].analysed = false;
  report::conclude(other, false);
  const auto merged = report::merge({check_evidence(), other});
  return holds(merged && merged->units.size() == check_evidence().units.size() + 1, "both are units") +
         holds(merged && !merged->passed, "the one that failed is not excused by the other");
}

std::string failed_shard_fails_the_whole() {
  Evidence failed = check_evidence();
  failed.units[1].analysed = false;
  report::conclude(failed, false);
  const auto merged = report::merge({check_evidence(), failed});
  return holds(merged && !merged->passed && !merged->units[1].analysed, "failed wins");
}

std::string sha256_is_right() {
  return same(report::sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {named<reads_back_what_it_wrote>("reads_back_what_it_wrote"),
                              named<waivers_are_counted_and_join>("waivers_are_counted_and_join"),
                              named<is_sorted_and_passes>("is_sorted_and_passes"),
                              named<failed_unit_never_passes>("failed_unit_never_passes"),
                              named<edited_evidence_is_refused>("edited_evidence_is_refused"),
                              named<shards_join>("shards_join"),
                              named<shards_of_different_builds_do_not_join>("shards_of_different_builds_do_not_join"),
                              named<one_source_for_two_targets_is_two_units>("one_source_for_two_targets_is_two_units"),
                              named<failed_shard_fails_the_whole>("failed_shard_fails_the_whole"),
                              named<sha256_is_right>("sha256_is_right")};
  return cmocka_run_group_tests_name("report evidence", tests, nullptr, nullptr);
}
