// SPDX-License-Identifier: Apache-2.0
//
// The join: each layer in which a protection can be lost is named, what can't be told is not called held, and layers
// that do not belong together are refused.
#include "report/join.h"
#include "check.h"
#include "layers_samples.h"
#include "report/file.h"

namespace proofmark::test {
namespace {

using report::Coverage;
using report::ExitCode;
using report::Fate;
using report::Layers;
using report::LayerState;
using report::Picture;

Picture joined(const std::vector<Layers>& parts) {
  auto picture = report::join(parts, {});
  return picture ? std::move(*picture) : Picture{};
}

// "board: what it says", or the refusal.
std::string refusal(const Layers& first, const Layers& second) {
  return error_of(report::join({first, second}, {}));
}

const report::JoinedUnit& joined_unit(const Picture& picture, std::string_view name) {
  return *std::ranges::find(picture.units, name, &report::JoinedUnit::name);
}

const report::Verdict& cell(const Picture& picture, std::string_view name, std::string_view protection) {
  const auto at = std::ranges::find(picture.protections, protection, &report::Protection::label);
  return joined_unit(picture, name).cells.at(static_cast<std::size_t>(at - picture.protections.begin())).verdict;
}

const report::FunctionCell& function_cell(const Picture& picture, std::string_view symbol, std::string_view property) {
  for (const report::JoinedUnit& one : picture.units) {
    const auto function = std::ranges::find(one.functions, symbol, &report::JoinedFunction::symbol);
    if (function == one.functions.end()) continue;
    return *std::ranges::find(function->cells, property, &report::FunctionCell::property);
  }
  std::abort();
}

std::string is(const report::Verdict& verdict, Fate fate, std::string_view why) {
  return same(report::fate_name(verdict.fate), report::fate_name(fate)) + same(verdict.why, why);
}

std::string sound_layers_lose_nothing() {
  const Picture picture = joined({sound_check_layers(), sound_audit_layers()});
  return holds(picture.verdict() == ExitCode::kYes, "verdict is yes") +
         holds(picture.losses.empty() && picture.unproved.empty() && picture.own_findings.empty(), "nothing is told") +
         is(cell(picture, "/src/main.c", "canary"), Fate::kHeld, "");
}

std::string names_the_command_line() {
  const Picture picture = joined({check_layers(), audit_layers()});
  return is(cell(picture, "/src/modbus/encoder.c", "canary"), Fate::kOverridden,
            "requested -fstack-protector-strong, effective none: -fno-stack-protector comes later") +
         is(cell(picture, "/src/modbus/encoder.c", "fortify"), Fate::kNeverRequested,
            "not requested, effective level 0 (expected 3)") +
         is(cell(picture, "/src/unused.c", "PMF010"), Fate::kNeverRequested, "not requested, effective on") +
         holds(!cell(picture, "/src/unused.c", "PMF010").blocks(), "a rule that only should hold does not block");
}

std::string function_inherits_what_its_unit_lost() {
  const Picture picture = joined({check_layers(), audit_layers()});
  return is(function_cell(picture, "encode", "canary").verdict, Fate::kOverridden,
            "requested -fstack-protector-strong, effective none: -fno-stack-protector comes later");
}

std::string names_the_compiler_that_lacks_it() {
  Layers check = sound_check_layers();
  report::UnitProtection& canary = unit(check, "/src/main.c").protections[0];
  canary.state = LayerState::kUnsupported;
  canary.reason = "GCC 3 has no stack protector";
  canary.level = report::Level::kShould;
  const Picture picture = joined({check, sound_audit_layers()});
  return is(cell(picture, "/src/main.c", "canary"), Fate::kUnsupported, "GCC 3 has no stack protector") +
         holds(picture.verdict() == ExitCode::kYes, "should does not block");
}

std::string names_the_source() {
  const Picture picture = joined({check_layers(), audit_layers()});
  const std::string why = "weakened in source: PMS201 at /src/net/handler.c:10";
  return is(function_cell(picture, "handle_command", "canary").verdict, Fate::kSource, why) +
         is(cell(picture, "/src/net/handler.c", "canary"), Fate::kSource, why) +
         holds(cell(picture, "/src/net/handler.c", "canary").blocks(), "it blocks");
}

std::string names_the_source_without_machine_code() {
  const Picture picture = joined({check_layers()});
  return is(cell(picture, "/src/net/handler.c", "canary"), Fate::kSource,
            "weakened in source: PMS201 at /src/net/handler.c:10");
}

// GCC obeys attributes that Clang ignores: the finding stays, but nothing was lost.
std::string weakening_without_effect_is_no_loss() {
  Layers audit = audit_layers();
  realised_function(audit, "handle_command").protections[0].state = LayerState::kHeld;
  realised_function(audit, "copy_topic").protections[0].state = LayerState::kHeld;
  return is(cell(joined({check_layers(), audit}), "/src/net/handler.c", "canary"), Fate::kHeld, "");
}

std::string waived_weakening_is_told_and_does_not_block() {
  const Picture picture = joined({check_layers(), audit_layers()});
  const report::Verdict& verdict = cell(picture, "/src/early.c", "canary");
  return is(verdict, Fate::kSource, "weakened in source: PMS201 at /src/early.c:29") +
         same(verdict.waived_by, "alice") + same(verdict.waiver_reason, "runs before the guard is set up") +
         holds(!verdict.blocks(), "it does not block");
}

std::string names_the_machine_code_when_no_layer_above_is_to_blame() {
  const Picture picture = joined({check_layers(), audit_layers()});
  return is(function_cell(picture, "copy_topic", "canary").verdict, Fate::kMachineCode,
            "not realised in machine code: copy_topic has no canary although its unit asked for it") +
         same(function_cell(picture, "copy_topic", "canary").verdict.rule, "PMX101");
}

// The audit sees no array, but the source passes the address of a local to code that the compiler can't see.
std::string source_knows_of_canaries_that_the_audit_does_not_miss() {
  Layers audit = sound_audit_layers();
  audit.functions[0].protections[0] = {"canary", LayerState::kNotApplicable, "keeps no array on its stack"};
  Layers owes_none = sound_check_layers();
  source_function(owes_none, "main").expects_canary = false;
  return same(report::fate_name(function_cell(joined({sound_check_layers(), audit}), "main", "canary").verdict.fate),
              "machine-code") +
         is(function_cell(joined({owes_none, audit}), "main", "canary").verdict, Fate::kNotApplicable,
            "keeps no array on its stack");
}

std::string function_without_checkable_calls_lost_no_check() {
  Layers audit = sound_audit_layers();
  audit.functions[0].protections[1].state = LayerState::kMissing;
  Layers calls_none = sound_check_layers();
  source_function(calls_none, "main").fortifiable_calls = 0;
  return same(report::fate_name(function_cell(joined({sound_check_layers(), audit}), "main", "fortify").verdict.fate),
              "machine-code") +
         same(report::fate_name(function_cell(joined({calls_none, audit}), "main", "fortify").verdict.fate),
              "not-applicable");
}

std::string inlined_function_is_not_missing() {
  const Picture picture = joined({sound_check_layers(), sound_audit_layers()});
  const auto& functions = joined_unit(picture, "/src/main.c").functions;
  return holds(functions.size() == 2 && functions[0].symbol == "helper" && !functions[0].has_code, "it has no code") +
         holds(functions[0].cells.empty(), "and no verdict");
}

std::string clones_are_joined_with_their_source() {
  const Picture picture = joined({check_layers(), audit_layers()});
  const auto& functions = joined_unit(picture, "/src/net/handler.c").functions;
  const auto cold = std::ranges::find(functions, "copy_topic.cold", &report::JoinedFunction::symbol);
  return holds(cold != functions.end() && cold->where.line == 27, "the cold half lies at its source");
}

std::string names_the_link() {
  const Picture picture = joined({check_layers(), audit_layers()});
  return is(cell(picture, "/src/net/handler.c", "branch-protection"), Fate::kLink,
            "lost at link: not marked for IBT and SHSTK: crti.o drops the note") +
         holds(std::ranges::count(picture.losses, Fate::kLink, [](const auto& loss) { return loss.verdict.fate; }) == 1,
               "it is listed once, not once per unit");
}

std::string covers_every_unit() {
  const Picture picture = joined({check_layers(), audit_layers()});
  const auto coverage = [&](std::string_view name) {
    return report::coverage_name(joined_unit(picture, name).coverage);
  };
  return same(coverage("/src/net/handler.c"), "analysed") + same(coverage("/src/extra.c"), "never-analysed") +
         same(coverage("/src/broken.c"), "failed") + same(coverage("/src/unused.c"), "not-in-elf") +
         same(report::fate_name(cell(picture, "/src/extra.c", "canary").fate), "unknown") +
         same(report::fate_name(cell(picture, "/src/broken.c", "canary").fate), "unknown") +
         holds(picture.verdict() == ExitCode::kCannotTell, "what was never analysed can't be told") +
         holds(picture.own_findings.size() == 2 && picture.own_findings[0].rule == "PMX102", "and is a finding");
}

std::string unit_known_only_by_its_functions_is_never_analysed() {
  Layers audit = sound_audit_layers();
  audit.functions.push_back(audit.functions[0]);
  audit.functions[1].unit = "/src/generated.c";
  const Picture picture = joined({sound_check_layers(), audit});
  return holds(joined_unit(picture, "/src/generated.c").coverage == Coverage::kNeverAnalysed, "never analysed") +
         holds(picture.verdict() == ExitCode::kCannotTell, "so the verdict is open");
}

std::string prebuilt_code_is_listed_with_its_waiver() {
  const Picture picture = joined({check_layers(), audit_layers()});
  return same(picture.prebuilt[1].archive.archive, "libc.a") + holds(picture.prebuilt[1].functions == 1, "1 function") +
         same(picture.prebuilt[1].archive.waiver_reason, "pinned by hash in sysroot.lock") +
         same(picture.unproved.back(), "libvendor.a: prebuilt, and no waiver of the policy accepts it");
}

std::string one_layer_alone_cannot_tell() {
  const Picture check = joined({sound_check_layers()}), audit = joined({sound_audit_layers()});
  return same(check.unproved.at(0), "no layers of audit: nothing is known of the machine code") +
         same(audit.unproved.at(0), "no layers of check: nothing is known of the sources") +
         holds(check.verdict() == ExitCode::kCannotTell && audit.verdict() == ExitCode::kCannotTell, "neither tells");
}

std::string loss_without_gaps_is_a_no() {
  Layers check = sound_check_layers();
  unit(check, "/src/main.c").protections[0] = canary(LayerState::kMissing, "", "none", "not requested, effective none");
  return holds(joined({check, sound_audit_layers()}).verdict() == ExitCode::kNo, "verdict is no");
}

std::string refuses_what_does_not_belong_together() {
  Layers other_board = sound_audit_layers(), other_policy = sound_audit_layers(), other_source = sound_check_layers();
  other_board.evidence.board = "qemu-arm64";
  other_policy.evidence.policy_sha256 = "0";
  other_source.evidence.units[0].source_sha256 = "0";
  const std::string digest = sound_check_layers().evidence.policy_sha256;
  return same(refusal(sound_check_layers(), other_board),
              "the layers are for different boards (expected qemu-amd64, found qemu-arm64)") +
         same(refusal(sound_check_layers(), other_policy),
              "the layers are by different policies (expected openssf-2026-06 " + digest +
                  ", found openssf-2026-06 0)") +
         same(refusal(sound_check_layers(), other_source), "/src/main.c: analysed from two different sources") +
         same(refusal(sound_audit_layers(), sound_audit_layers()), "the layers tell of two ELF files") +
         same(error_of(report::join({}, {})), "no layers to join");
}

std::string of_two_targets_the_worse_counts() {
  std::string wrong;
  for (const bool worse_first : {true, false}) {
    Layers check = sound_check_layers();
    auto& units = check.units;
    const auto known = std::ranges::find(units, "/src/main.c", &report::UnitLayers::name);
    report::UnitLayers worse = *known;
    worse.protections[0] = canary(LayerState::kMissing, "", "none", "not requested, effective none");
    units.insert(worse_first ? known : units.end(), worse);
    report::CheckedUnit twin = *std::ranges::find(check.evidence.units, "/src/main.c", &report::CheckedUnit::name);
    twin.command_sha256 = "ff";
    check.evidence.units.push_back(twin);
    const Picture picture = joined({check, sound_audit_layers()});
    wrong += holds(picture.verdict() == ExitCode::kNo, "verdict is no");
    wrong += is(cell(picture, "/src/main.c", "canary"), Fate::kNeverRequested, "not requested, effective none");
  }
  return wrong;
}

std::string link_steps_are_no_units() {
  Layers check = sound_check_layers(), link = sound_check_layers();
  link.evidence.units.clear();
  link.units = {{"/build/tool", "lld 19.1.7", {}, {}}};
  link.units[0].protections.push_back(
      {"PMF022", "bind-now", "-z now", "now", LayerState::kHeld, "", report::Level::kMust});
  const Picture picture = joined({check, link, sound_audit_layers()});
  const auto rule = [](const auto& protection) { return protection.rule == "PMF022"; };
  link.units[0].protections[0].rule = "PMF003";
  return holds(picture.units.size() == joined({check, sound_audit_layers()}).units.size(), "as many units") +
         holds(std::ranges::none_of(picture.protections, rule), "no column for units") +
         same(error_of(report::join({check, link}, {})), "/build/tool: has layers, but is not a unit of the evidence");
}

std::string waiver_covers_what_machine_code_lost() {
  const std::string file = "/tmp/proofmark-join-test-waivers.json";
  if (!report::write_file(file, R"({"waivers":[{"rule":"PMX101","place":"src/net/*.c","reason":"reviewed by hand",)"
                                R"("owner":"bob","expires":"2027-01-31"}]})"))
    return "(can't write)";
  const auto waivers = report::Waivers::load(file);
  std::filesystem::remove(file);
  if (!waivers) return waivers.error().message;
  const auto picture =
      report::join({check_layers(), audit_layers()}, {{*waivers}, "/", *report::parse_date("2026-11-24")});
  return same(function_cell(*picture, "copy_topic", "canary").verdict.waived_by, "bob");
}

std::string units_of_many_parts_are_united() {
  Layers first = check_layers(), second = sound_check_layers();
  const Picture picture = joined({first, second, audit_layers()});
  return holds(picture.units.size() == 8, "seven and one units") +
         same(report::coverage_name(joined_unit(picture, "/src/main.c").coverage), "not-in-elf");
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {
      named<sound_layers_lose_nothing>("sound_layers_lose_nothing"),
      named<names_the_command_line>("names_the_command_line"),
      named<function_inherits_what_its_unit_lost>("function_inherits_what_its_unit_lost"),
      named<names_the_compiler_that_lacks_it>("names_the_compiler_that_lacks_it"),
      named<names_the_source>("names_the_source"),
      named<names_the_source_without_machine_code>("names_the_source_without_machine_code"),
      named<weakening_without_effect_is_no_loss>("weakening_without_effect_is_no_loss"),
      named<waived_weakening_is_told_and_does_not_block>("waived_weakening_is_told_and_does_not_block"),
      named<names_the_machine_code_when_no_layer_above_is_to_blame>(
          "names_the_machine_code_when_no_layer_above_is_to_blame"),
      named<source_knows_of_canaries_that_the_audit_does_not_miss>(
          "source_knows_of_canaries_that_the_audit_does_not_miss"),
      named<function_without_checkable_calls_lost_no_check>("function_without_checkable_calls_lost_no_check"),
      named<inlined_function_is_not_missing>("inlined_function_is_not_missing"),
      named<clones_are_joined_with_their_source>("clones_are_joined_with_their_source"),
      named<names_the_link>("names_the_link"),
      named<covers_every_unit>("covers_every_unit"),
      named<unit_known_only_by_its_functions_is_never_analysed>("unit_known_only_by_its_functions_is_never_analysed"),
      named<prebuilt_code_is_listed_with_its_waiver>("prebuilt_code_is_listed_with_its_waiver"),
      named<one_layer_alone_cannot_tell>("one_layer_alone_cannot_tell"),
      named<loss_without_gaps_is_a_no>("loss_without_gaps_is_a_no"),
      named<refuses_what_does_not_belong_together>("refuses_what_does_not_belong_together"),
      named<of_two_targets_the_worse_counts>("of_two_targets_the_worse_counts"),
      named<link_steps_are_no_units>("link_steps_are_no_units"),
      named<waiver_covers_what_machine_code_lost>("waiver_covers_what_machine_code_lost"),
      named<units_of_many_parts_are_united>("units_of_many_parts_are_united")};
  return cmocka_run_group_tests_name("join", tests, nullptr, nullptr);
}
