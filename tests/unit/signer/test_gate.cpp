// SPDX-License-Identifier: Apache-2.0
//
// The gate: every way in which evidence can fall short is one line that names the thing.
#include <elf.h>

#include <fstream>

#include "proofmark/sign/digest.h"
#include "proofmark/sign/evidence.h"
#include "proofmark/sign/version.h"
#include "support.h"

namespace proofmark::sign::test {
namespace {

namespace fs = std::filesystem;

Digest filled(std::uint8_t value) {
  Digest digest{};
  digest.fill(value);
  return digest;
}

std::string hex(std::uint8_t value) {
  return to_hex(filled(value));
}

// Every check that followed paths as far as the policy asks for claims this.
const std::uint64_t kPaths = *property_mask("path-sensitive");

Evidence check() {
  Evidence evidence;
  evidence.path = "check.json";
  evidence.board = "b1";
  evidence.policy = "p";
  evidence.policy_digest = filled(1);
  evidence.pass = true;
  evidence.properties = *property_mask("canary") | *property_mask("fortify") | *property_mask("pie") | kPaths;
  evidence.tool = "proofmark-analyze";
  evidence.tool_version = linked_version();
  evidence.waived = 2;
  evidence.units = {"/src/a.c", "/src/b.c", "/src/unused.c"};
  return evidence;
}

Evidence audit() {
  Evidence evidence = check();
  evidence.kind = EvidenceKind::kAudit;
  evidence.path = "audit.json";
  evidence.tool = "proofmark-elf";
  evidence.properties &= ~kPaths;
  evidence.waived = 1;
  evidence.units = {"/src/a.c", "/src/b.c"};
  evidence.artifact = filled(2);
  evidence.debug = filled(3);
  return evidence;
}

GateRequest good() {
  GateRequest request;
  request.boards = {{"b1", "x86_64", "p", filled(1)}};
  request.evidence = {check(), audit()};
  request.artifact = filled(2);
  request.machine = EM_X86_64;
  return request;
}

std::string objections(const GateRequest& request) {
  std::string text;
  for (const auto& line : examine(request).objections) text += line + "\n";
  return text;
}

bool proves() {
  const GateAnswer answer = examine(good());
  const Proof expected{
      PM_PROVEN, filled(1), *property_mask("canary") | *property_mask("fortify") | *property_mask("pie") | kPaths, 2, 2,
      0,         3};
  return answer.objections.empty() && answer.proof == expected;
}

// The units may have canaries and a prebuilt library none: what the audit did not see is not claimed.
bool claims_only_what_both_saw() {
  GateRequest request = good();
  request.evidence[0].properties |= *property_mask("stack-clash") | *property_mask("auto-var-init");
  request.evidence[1].properties = *property_mask("pie");
  // Initialised variables are the one protection here that only the check can see.
  return examine(request).proof.properties == (*property_mask("auto-var-init") | *property_mask("pie") | kPaths);
}

// An unproven mark claims no property, however much evidence came with it.
bool claims_nothing_when_unproven() {
  GateRequest request = good();
  request.evidence[0].units.erase("/src/b.c");
  const Proof proof = examine(request).proof;
  return proof.status == PM_UNPROVEN && proof.properties == 0 && proof.units_analysed == 1 && proof.units_total == 2;
}

bool without_board() {
  GateRequest request = good();
  request.boards.clear();
  request.evidence.clear();
  return same(objections(request), "no board was named, so no policy applies\n");
}

bool without_evidence() {
  GateRequest request = good();
  request.evidence.clear();
  return same(
      objections(request),
      "no evidence of a check for board b1\nno audit of this file for board b1 (expected artifact " + hex(2) + ")\n");
}

bool other_board() {
  GateRequest request = good();
  request.evidence[0].board = "b2";
  return same(objections(request),
              "check.json: is for another board (expected b1, found b2)\nno evidence of a check for board b1\n"
              "unit was not analysed for board b1: /src/a.c\nunit was not analysed for board b1: /src/b.c\n");
}

bool other_file() {
  GateRequest request = good();
  request.evidence[1].artifact = filled(9);
  return same(objections(request), "no audit of this file for board b1 (expected artifact " + hex(2) + ")\n");
}

bool other_policy() {
  GateRequest request = good();
  request.evidence[1].policy = "q";
  request.evidence[1].policy_digest = filled(7);
  return same(objections(request),
              "audit.json: judged by another policy (expected p " + hex(1) + ", found q " + hex(7) + ")\n");
}

bool other_machine() {
  GateRequest request = good();
  request.machine = EM_AARCH64;
  return same(objections(request), "the file is for another machine than board b1 (expected x86_64, found aarch64)\n");
}

bool other_debug() {
  GateRequest request = good();
  request.debug = filled(8);
  return same(objections(request),
              "audit.json: audited with another debug archive (expected " + hex(8) + ", found " + hex(3) + ")\n");
}

bool failed() {
  GateRequest request = good();
  request.evidence[0].pass = false;
  request.evidence[0].findings = 4;
  request.evidence[1].findings = 1;
  return same(objections(request),
              "check.json: the verdict is fail (4 findings)\naudit.json: passes in spite of 1 findings\n");
}

bool missing_unit_and_archive() {
  GateRequest request = good();
  request.evidence[0].units.erase("/src/a.c");
  request.evidence[1].prebuilt = {"libc.a"};
  return same(objections(request),
              "audit.json: prebuilt archive without a waiver: libc.a\nunit was not analysed for board b1: /src/a.c\n");
}

bool no_units() {
  GateRequest request = good();
  request.evidence[1].units.clear();
  return same(objections(request),
              "audit.json: names no unit, so nothing can be compared with the check (was the file audited with its "
              "debug information?)\n");
}

bool other_tool() {
  GateRequest request = good();
  request.evidence[0].tool_version = "0.0.9";
  request.evidence[1].tool = "elves";
  return same(objections(request),
              std::string("check.json: made by another tool (expected proofmark-analyze ") + linked_version() +
                  ", found proofmark-analyze 0.0.9)\naudit.json: made by another tool (expected proofmark-elf " +
                  linked_version() + ", found elves " + linked_version() + ")\n");
}

bool lower_tier() {
  GateRequest request = good();
  request.evidence[0].properties &= ~kPaths;
  return same(objections(request),
              "check.json: paths were followed less far than the policy asks for (check --tier)\n");
}

bool stale_source() {
  const auto path = write("a.c", "int a;\n");
  GateRequest request = good();
  request.evidence[0].sources["/src/a.c"] = {path.string(), to_hex(sha256(read(path)))};
  request.evidence[0].sources["/src/b.c"] = {"/nowhere/b.c", hex(0)};
  if (!same(objections(request), "")) return false;
  write("a.c", "int a = 1;\n");
  return same(objections(request), "source changed since it was analysed for board b1: " + path.string() + "\n");
}

// Two boards: each needs its own evidence, and only what holds on both is claimed.
bool two_boards() {
  GateRequest request = good();
  request.boards.push_back({"b2", "x86_64", "p", filled(1)});
  if (!same(objections(request),
            "no evidence of a check for board b2\nno audit of this file for board b2 (expected artifact " + hex(2) +
                ")\n"))
    return false;
  for (int i = 0; i < 2; ++i) {
    request.evidence.push_back(request.evidence[static_cast<std::size_t>(i)]);
    request.evidence.back().board = "b2";
  }
  request.evidence[2].properties = *property_mask("canary") | *property_mask("pie") | kPaths;
  const GateAnswer answer = examine(request);
  return answer.objections.empty() &&
         answer.proof.properties == (*property_mask("canary") | *property_mask("pie") | kPaths) &&
         answer.proof.units_total == 2;
}

bool two_policies() {
  GateRequest request = good();
  request.boards.push_back({"b2", "x86_64", "q", filled(6)});
  for (int i = 0; i < 2; ++i) {
    request.evidence.push_back(request.evidence[static_cast<std::size_t>(i)]);
    request.evidence.back().board = "b2";
    request.evidence.back().policy_digest = filled(6);
  }
  return same(objections(request), "board b2 has another policy than board b1; sign for each of them\n");
}

constexpr const char* kCheckJson =
    R"({"proofmark_evidence": 1, "kind": "check", "tool": {"name": "proofmark-analyze", "version": "0.1.0"},
  "board": "b1", "policy": {"name": "p", "sha256": "0101010101010101010101010101010101010101010101010101010101010101"},
  "verdict": "pass", "properties": ["canary", "fortify", "pie", "path-sensitive"], "counts": {"findings": 0, "advisory": 3, "waived": 2},
  "findings": [{"level": "must", "waived_by": "me"}, {"level": "should", "waived_by": "me"}, {"level": "should"}],
  "units": [{"name": "/src/a.c", "source": "a.c", "source_sha256": "00", "command_sha256": "00", "status": "analysed"},
            {"name": "/src/b.c", "source": "b.c", "source_sha256": "00", "command_sha256": "00", "status": "analysed"},
            {"name": "/src/unused.c", "source": "u.c", "source_sha256": "00", "command_sha256": "00", "status": "analysed"}]})";

constexpr const char* kAuditJson =
    R"({"proofmark_evidence": 1, "kind": "audit", "tool": {"name": "proofmark-elf", "version": "0.1.0"}, "board": "b1",
  "policy": {"name": "p", "sha256": "0101010101010101010101010101010101010101010101010101010101010101"},
  "verdict": "pass", "properties": ["canary", "fortify", "pie"], "counts": {"findings": 0, "advisory": 0, "waived": 1}, "findings": [{"level": "must", "waived_by": "me"}],
  "artifact": {"sha256": "0202020202020202020202020202020202020202020202020202020202020202", "size": 1},
  "units": ["/src/a.c", "/src/b.c"], "prebuilt": [{"archive": "libc.a", "members": 9, "waived": true}],
  "debug": {"path": "x.debug", "sha256": "0303030303030303030303030303030303030303030303030303030303030303"}})";

bool reads(const char* json, Evidence expected) {
  const auto path = write("evidence.json", json);
  const auto found = read_evidence(path);
  if (!found) return same(message(found.error()), "");
  expected.path = path.string();
  return found->kind == expected.kind && found->board == expected.board && found->policy == expected.policy &&
         found->policy_digest == expected.policy_digest && found->pass == expected.pass &&
         found->properties == expected.properties && found->findings == expected.findings &&
         found->waived == expected.waived && found->units == expected.units && found->artifact == expected.artifact &&
         found->prebuilt == expected.prebuilt;
}

bool refuses(const std::string& from, const std::string& to, const std::string& what, const char* text = kAuditJson) {
  std::string json = text;
  json.replace(json.find(from), from.size(), to);
  const auto path = write("evidence.json", json);
  return fails_with(read_evidence(path), "proofmark: error: " + path.string() + ": " + what + "\n");
}

void put(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

bool board_inherits() {
  const fs::path boards = scratch() / "boards";
  put(boards / "b1.json", R"({"name": "b1", "inherits": "arch/a"})");
  put(boards / "arch/a.json", R"({"name": "arch/a", "machine": "x86_64", "policy": "p", "inherits": ""})");
  put(boards / "policies/p.json", "{}");
  const auto board = load_board(boards, "b1");
  return board && same(board->name, "b1") && same(board->machine, "x86_64") &&
         board->policy_digest == sha256(Bytes{'{', '}'});
}

bool board_errors() {
  const fs::path boards = scratch() / "boards";
  put(boards / "loop.json", R"({"name": "loop", "inherits": "loop"})");
  put(boards / "bare.json", R"({"name": "bare"})");
  return fails_with(load_board(boards, "loop"),
                    "proofmark: error: loop: \"inherits\" goes deeper than 8 boards, or in a circle\n") &&
         fails_with(load_board(boards, "bare"), "proofmark: error: bare: the board names no policy\n") &&
         fails_with(load_board(boards, "none"),
                    "proofmark: error: none: no such board (expected " + (boards / "none.json").string() +
                        ")\nhint: proofmark board list shows the boards; --boards-dir DIR says where they are\n");
}

void complete_evidence_proves(void**) {
  assert_true(proves());
}
void half_seen_property_is_not_claimed(void**) {
  assert_true(claims_only_what_both_saw());
}
void unproven_claims_nothing(void**) {
  assert_true(claims_nothing_when_unproven());
}

void each_shortfall_is_named(void**) {
  assert_true(without_board());
  assert_true(without_evidence());
  assert_true(other_board());
  assert_true(other_file());
  assert_true(other_policy());
  assert_true(other_machine());
  assert_true(other_debug());
  assert_true(failed());
  assert_true(missing_unit_and_archive());
  assert_true(no_units());
  assert_true(other_tool());
  assert_true(lower_tier());
  assert_true(stale_source());
}

void boards_are_judged_one_by_one(void**) {
  assert_true(two_boards());
  assert_true(two_policies());
}

void evidence_files_are_read(void**) {
  assert_true(reads(kCheckJson, check()));
  assert_true(reads(kAuditJson, audit()));
}

void bad_evidence_is_refused(void**) {
  assert_true(refuses("{\"proofmark_evidence\"", "[\"proofmark_evidence\"", "bad evidence: not JSON"));
  assert_true(refuses("\"proofmark_evidence\": 1", "\"proofmark_evidence\": 2",
                      "evidence version not supported (expected 1, found 2)"));
  assert_true(refuses("\"proofmark_evidence\": 1,", "", "bad evidence: \"proofmark_evidence\" is missing"));
  assert_true(refuses("\"audit\"", "\"tarot\"", "bad evidence: \"kind\" is neither check nor audit (found \"tarot\")"));
  assert_true(refuses("\"pass\"", "\"maybe\"", "bad evidence: \"verdict\" is neither pass nor fail (found \"maybe\")"));
  assert_true(refuses("\"pie\"", "\"pi\"", "bad evidence: \"properties\" holds an unknown property \"pi\""));
  assert_true(refuses("\"findings\": 0,", "\"findings\": -1,",
                      "bad evidence: \"findings\" is not a non-negative whole number"));
  assert_true(refuses("\"waived\": true", "\"waived\": \"yes\"", "bad evidence: \"waived\" is not true or false"));
  assert_true(refuses("\"/src/b.c\"]", "7]", "bad evidence: \"units\" holds something that is not a string"));
  assert_true(refuses("0202020202", "0202",
                      "bad evidence: \"sha256\" is not a SHA-256 digest (expected 64 hex digits, found \"0202" +
                          hex(2).substr(10) + "\")"));
}

void edited_evidence_contradicts_itself(void**) {
  assert_true(
      refuses("\"waived\": 1}", "\"waived\": 0}",
              "bad evidence: \"counts\" contradicts the findings (expected 0 findings and 1 waived, found 0 and 0)"));
  assert_true(
      refuses("{\"level\": \"must\", \"waived_by\": \"me\"}", "{\"level\": \"must\"}",
              "bad evidence: \"counts\" contradicts the findings (expected 1 findings and 0 waived, found 0 and 1)"));
  assert_true(refuses("\"analysed\"", "\"failed\"", "bad evidence: the verdict is pass, but /src/a.c was not analysed",
                      kCheckJson));
  assert_true(refuses("/src/b.c", "/src/a.c", "bad evidence: unit /src/a.c is listed twice", kCheckJson));
  assert_true(refuses("\"tool\"", "\"fool\"", "bad evidence: \"tool\" is missing", kCheckJson));
}

void boards_inherit(void**) {
  assert_true(board_inherits());
  assert_true(board_errors());
}

}  // namespace
}  // namespace proofmark::sign::test

int main() {
  using namespace proofmark::sign::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(complete_evidence_proves),
      cmocka_unit_test(half_seen_property_is_not_claimed),
      cmocka_unit_test(unproven_claims_nothing),
      cmocka_unit_test(each_shortfall_is_named),
      cmocka_unit_test(boards_are_judged_one_by_one),
      cmocka_unit_test(evidence_files_are_read),
      cmocka_unit_test(bad_evidence_is_refused),
      cmocka_unit_test(boards_inherit),
      cmocka_unit_test(edited_evidence_contradicts_itself),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
