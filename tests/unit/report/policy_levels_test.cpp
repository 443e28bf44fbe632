// SPDX-License-Identifier: Apache-2.0
//
// Levels that depend on compiler, machine and artifact, and the exact message for each way of writing a policy wrongly:
// a misspelt rule, parameter or condition must never pass as a policy that asks for less.
#include <filesystem>

#include <unistd.h>

#include "check.h"
#include "report/file.h"
#include "report/policy.h"
#include "report/policy_parameters.h"
#include "report/rule_catalogue.h"

namespace proofmark::test {
namespace {

namespace fs = std::filesystem;
using report::Level;
using report::Policy;
using report::PolicyContext;

report::Result<Policy> load(const std::string& text) {
  const fs::path file = fs::temp_directory_path() / ("proofmark-levels-" + std::to_string(getpid()) + ".json");
  if (auto written = report::write_file(file, text); !written) return tl::unexpected(written.error());
  auto policy = Policy::load(file);
  fs::remove(file);
  return policy;
}

// The message without the file's name.
std::string error_for(const std::string& text) {
  const std::string message = error_of(load(text));
  const auto at = message.find(".json: ");
  return at == std::string::npos ? message : message.substr(at + 7);
}

std::string with_rule(const std::string& rule, const std::string& levels) {
  return R"({"name":"p","version":1,"rules":{")" + rule + R"(":)" + levels + "}}";
}

std::string with_parameters(const std::string& parameters) {
  return R"({"name":"p","version":1,"rules":{},"parameters":)" + parameters + "}";
}

constexpr char kConditional[] = R"([
  {"when": {"compiler": "gcc", "below": 13}, "level": "off"},
  {"when": {"compiler": "clang", "from": 11, "below": 16, "machine": "aarch64"}, "level": "advisory"},
  {"when": {"artifact": ["kernel-module", "object"]}, "level": "should"},
  {"when": {"compiler": ["gcc", "clang"], "artifact": "executable"}, "level": "advisory"},
  {"level": "must"}])";

std::string first_match_wins() {
  const auto policy = load(with_rule("PMF011", kConditional));
  if (!policy) return policy.error().message;
  const report::RuleInfo rule{"PMF011", "", "", Level::kOff, 0};
  const auto at = [&](const PolicyContext& context) { return policy->level(rule, context); };
  return holds(at({"gcc", 12, "x86_64", ""}) == Level::kOff, "gcc 12 is before 13") +
         holds(at({"gcc", 13, "x86_64", ""}) == Level::kMust, "gcc 13 is not") +
         holds(at({"gcc", 12, "x86_64", "kernel-module"}) == Level::kOff, "the first of two matches wins") +
         holds(at({"gcc", 13, "x86_64", "object"}) == Level::kShould, "either of two artifacts") +
         holds(at({"clang", 11, "aarch64", ""}) == Level::kAdvisory, "from includes its version") +
         holds(at({"clang", 10, "aarch64", ""}) == Level::kMust, "and not the one before") +
         holds(at({"clang", 16, "aarch64", ""}) == Level::kMust, "below excludes its version") +
         holds(at({"clang", 14, "x86_64", ""}) == Level::kMust, "all of a condition must be met") +
         holds(at({"clang", 14, "riscv64", ""}) == Level::kMust, "a machine without a name of ours meets nothing");
}

std::string what_is_not_known_meets_nothing() {
  const auto policy = load(with_rule("PMF011", kConditional));
  if (!policy) return policy.error().message;
  const report::RuleInfo rule{"PMF011", "", "", Level::kOff, 0};
  return holds(policy->level(rule) == Level::kMust, "without a context the last level holds") +
         holds(policy->level(rule, {"gcc", 0, "", ""}) == Level::kMust, "an unknown version is not below 13") +
         holds(policy->level(rule, {"", 0, "", "executable"}) == Level::kMust,
               "an unknown compiler is not gcc or clang");
}

std::string resolved_policy_needs_no_context() {
  const auto policy = load(with_rule("PMF011", kConditional));
  if (!policy) return policy.error().message;
  const report::RuleInfo rule{"PMF011", "", "", Level::kOff, 0};
  const report::RuleInfo unnamed{"PMF010", "", "", Level::kShould, 0};
  const Policy resolved = policy->resolved({"gcc", 12, "x86_64", ""});
  return holds(resolved.level(rule) == Level::kOff, "the level for gcc 12") +
         holds(resolved.level(unnamed) == Level::kShould, "a rule that is not named keeps its own") +
         same(resolved.sha256(), policy->sha256());
}

std::string levels_survive_a_round_trip() {
  const auto policy = load(with_rule("PMF011", kConditional));
  if (!policy) return policy.error().message;
  const auto json = report::rule_levels_to_json(*policy->levels("PMF011"));
  const auto again = report::read_rule_levels(json, "PMF011", "again");
  return holds(again && *again == *policy->levels("PMF011"), "written and read, the levels are the same") +
         same(policy->levels("PMF011")->conditional[1].when.describe(), "clang from 11 before 16, aarch64");
}

std::string wrong_levels_are_named() {
  const auto wrong = [](const std::string& levels) { return error_for(with_rule("PMF011", levels)); };
  return same(wrong("[]"), "rule PMF011: no level (expected a level, or a list that ends with one for all else)") +
         same(wrong("3"), R"(rule PMF011: unknown level (expected off, advisory, should or must, found "3"))") +
         same(wrong(R"(["must"])"), R"(rule PMF011, entry 1: not an object (found "must"))") +
         same(wrong(R"([{"when":{"compiler":"gcc"},"level":"off"}])"),
              R"(rule PMF011, entry 1: the last entry has a "when" (expected a level for all else))") +
         same(wrong(R"([{"level":"off"},{"level":"must"}])"),
              R"(rule PMF011, entry 1: "when" is missing, so that no later entry is ever reached)") +
         same(wrong(R"([{"when":{"compiler":"gcc"}},{"level":"must"}])"),
              R"(rule PMF011, entry 1: "level" is missing)") +
         same(wrong(R"([{"level":"must","lvel":"off"}])"),
              R"(rule PMF011, entry 1: unknown member "lvel" (expected when or level))");
}

std::string wrong_conditions_are_named() {
  const auto wrong = [](const std::string& when, const std::string& rule = "PMF011") {
    const std::string text = error_for(with_rule(rule, R"([{"when":)" + when + R"(,"level":"off"},{"level":"must"}])"));
    const std::string prefix = "rule " + rule + ", entry 1: ";
    return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
  };
  return same(wrong("{}"), R"("when" is no condition (expected an object that is not empty, found an empty object))") +
         same(wrong(R"({"compiler":"icc"})"), R"("compiler" is unknown (expected gcc or clang, found "icc"))") +
         same(wrong(R"({"compiler":[]})"), R"("compiler" is empty)") +
         same(wrong(R"({"machine":"amd64"})"), R"("machine" is unknown (expected x86_64 or aarch64, found "amd64"))") +
         same(wrong(R"({"artifact":7})"),
              R"("artifact" is unknown (expected executable or shared-library or static-library or kernel-module or )"
              R"(object, found 7))") +
         same(wrong(R"({"version":12})"),
              R"(unknown condition "version" (expected compiler, from, below, machine or artifact))") +
         same(wrong(R"({"below":12})"), R"("from" and "below" need "compiler" to be one compiler)") +
         same(wrong(R"({"compiler":["gcc","clang"],"from":12})"),
              R"("from" and "below" need "compiler" to be one compiler)") +
         same(wrong(R"({"compiler":"gcc","from":13,"below":13})"), "no version is from 13 and below 13") +
         same(wrong(R"({"compiler":"gcc","from":-1})"), R"("from" is no major version (expected 1 to 999, found -1))") +
         same(wrong(R"({"compiler":"gcc","below":"13"})"),
              R"("below" is no major version (expected 1 to 999, found "13"))") +
         same(wrong(R"({"compiler":"gcc"})", "PME004"), R"(a rule about ELF files knows no "compiler")") +
         same(wrong(R"({"machine":"x86_64"})", "PMX001"), "a rule about waivers knows no conditions");
}

std::string unknown_names_are_refused() {
  const auto rule = load(with_rule("PMF999", R"("must")"));
  return same(error_for(with_rule("PMF999", R"("must")")), R"(unknown rule "PMF999")") +
         same(rule ? "" : rule.error().hint, "`proofmark rules` and `proofmark-elf rules` list the rules") +
         same(error_for(with_rule("pmf001", R"("must")")), R"(unknown rule "pmf001")") +
         same(error_for(with_parameters(R"({"PMF001":{"minimum":2}})")),
              R"(parameters of "PMF001": it has no parameters)") +
         same(error_for(with_parameters(R"({"PMF002":{"minimun":2}})")),
              R"(parameters of "PMF002": unknown parameter "minimun" (expected minimum))") +
         same(error_for(R"({"name":"p","version":1,"rules":{"PMF001":"must","PMF001":"off"}})"),
              R"(an object has the key "PMF001" twice)");
}

std::string a_name_does_for_an_id() {
  const auto policy = load(with_rule("cert-err34-c", R"("must")"));
  const report::RuleLevels* levels = policy ? policy->levels("PMC053") : nullptr;
  return holds(levels != nullptr && levels->otherwise == Level::kMust, "the name leads to the rule") +
         same(error_for(with_rule("branch-protection", R"("must")")), R"(unknown rule "branch-protection")") +
         same(error_for(R"({"name":"p","version":1,"rules":{"PMC053":"must","cert-err34-c":"off"}})"),
              "rule PMC053 is there twice, by id and by name cert-err34-c");
}

std::string wrong_parameters_are_named() {
  const auto wrong = [](const std::string& parameters) { return error_for(with_parameters(parameters)); };
  return same(wrong("[]"), R"("parameters" is not an object)") +
         same(wrong(R"({"PMF002":2})"), R"(parameters of "PMF002": not an object of parameters (found 2))") +
         same(wrong(R"({"PMC":{"honour-nolint":"no"}})"),
              R"(parameters of "PMC", honour-nolint: neither true nor false (found "no"))") +
         same(wrong(R"({"PMC":{"options":["x"]}})"),
              R"(parameters of "PMC", options: not an object of strings (found an array))") +
         same(wrong(R"({"PMC":{"options":{"cert-err34-c.Limit":1}}})"),
              R"(parameters of "PMC", options: "cert-err34-c.Limit" has no text (expected a string, found 1))") +
         same(
             wrong(R"({"PMC":{"options":{"cert-err34.Limit":"1"}}})"),
             R"(parameters of "PMC", options: "cert-err34.Limit" is an option of no rule (expected <name>.<option>))") +
         same(wrong(R"({"PMF002":{"minimum":"2"}})"),
              R"(parameters of "PMF002", minimum: not a count (expected 1 to 3, found "2"))") +
         same(wrong(R"({"PMF002":{"minimum":4}})"),
              R"(parameters of "PMF002", minimum: not a count (expected 1 to 3, found 4))") +
         same(wrong(R"({"PMW":{"errors":"format"}})"),
              R"(parameters of "PMW", errors: not a list of strings (expected an array, found "format"))") +
         same(wrong(R"({"PMW":{"errors":["format","format"]}})"),
              R"(parameters of "PMW", errors: "format" is there twice)") +
         same(wrong(R"({"PMW":{"errors":[["format"]]}})"),
              R"(parameters of "PMW", errors: holds no text (expected a string, found an array))") +
         same(wrong(R"({"PME021":{"allow":[{"origin":"libgcc.a","reason":"asks"},{"symbol":"f"}]}})"),
              R"(parameters of "PME021", allow, entry 2: "reason" is missing)") +
         same(wrong(R"({"PME021":{"allow":[{"reason":"asks"}]}})"),
              R"(parameters of "PME021", allow, entry 1: names nothing (expected origin or symbol))") +
         same(wrong(R"({"PME021":{"allow":[{"reason":"asks","orign":"x"}]}})"),
              R"(parameters of "PME021", allow, entry 1: unknown member "orign" (expected reason, origin or symbol))") +
         same(wrong(R"({"waivers":{"in-source":"no"}})"),
              R"(parameters of "waivers", in-source: neither true nor false (found "no"))") +
         same(wrong(R"({"waivers":{"forbid":["PMS2","PMS9"]}})"),
              R"(parameters of "waivers", forbid: "PMS9" is no rule and begins none)") +
         same(wrong(R"({"waivers":{"max-days":0}})"),
              R"(parameters of "waivers", max-days: not a count (expected 1 to 36500, found 0))") +
         same(wrong(R"({"PME001":{"link":["staticpie"]}})"),
              R"(parameters of "PME001", link: unknown word (expected static-pie or static or dynamic or shared or )"
              R"(relocatable, found "staticpie"))");
}

// The library writes JSON with recursion: a value this deep in an error message would end the program.
std::string deep_nesting_is_refused() {
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  return same(error_for(R"({"name":)" + deep + R"(,"version":1})"), "JSON is nested deeper than 100") +
         same(error_for(R"({"name":"[[[[\"[[","version":1,"rules":{},"x)" + std::string(200, '[') + R"(":1})"),
              R"(unknown member "x)" + std::string(200, '[') + "\"");
}

// The schema is for editors, the table for the tools; what one accepts the other must.
std::string schema_lists_the_parameters() {
  const auto schema = report::read_json(fs::path(BOARDS_DIR) / "policies/schema.json");
  if (!schema) return schema.error().message;
  const auto& groups = (*schema)["properties"]["parameters"]["properties"];
  std::string from_schema, from_table;
  for (const auto& group : groups.items())
    for (const auto& name : group.value()["properties"].items()) from_schema += group.key() + " " + name.key() + "\n";
  for (const auto& parameter : report::parameters())
    from_table += std::string(parameter.group) + " " + std::string(parameter.name) + "\n";
  return same(from_table, from_schema);
}

std::string shipped_policies_name_every_rule() {
  std::string problems;
  for (const std::string& name : report::policy_names(BOARDS_DIR)) {
    const auto file = report::find_policy(BOARDS_DIR, name);
    const auto policy = file ? Policy::load(*file) : tl::unexpected(file.error());
    if (!policy) return policy.error().message;
    problems += same(policy->name(), name);
    for (const report::KnownRule& rule : report::known_rules())
      problems += holds(policy->levels(rule.id) != nullptr, name + " names " + std::string(rule.id));
  }
  return problems;
}

std::string unknown_policy_lists_the_known() {
  const auto file = report::find_policy(BOARDS_DIR, "debain");
  return holds(!file, "it is refused") +
         same(file ? "" : file.error().hint, "known policies: debian, oe-core, openssf-2026-06") +
         holds(!report::find_policy(BOARDS_DIR, "../policies/debian"), "a name can't leave the folder");
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {named<first_match_wins>("first_match_wins"),
                              named<what_is_not_known_meets_nothing>("what_is_not_known_meets_nothing"),
                              named<resolved_policy_needs_no_context>("resolved_policy_needs_no_context"),
                              named<levels_survive_a_round_trip>("levels_survive_a_round_trip"),
                              named<wrong_levels_are_named>("wrong_levels_are_named"),
                              named<wrong_conditions_are_named>("wrong_conditions_are_named"),
                              named<unknown_names_are_refused>("unknown_names_are_refused"),
                              named<a_name_does_for_an_id>("a_name_does_for_an_id"),
                              named<wrong_parameters_are_named>("wrong_parameters_are_named"),
                              named<deep_nesting_is_refused>("deep_nesting_is_refused"),
                              named<schema_lists_the_parameters>("schema_lists_the_parameters"),
                              named<shipped_policies_name_every_rule>("shipped_policies_name_every_rule"),
                              named<unknown_policy_lists_the_known>("unknown_policy_lists_the_known")};
  return cmocka_run_group_tests_name("policy levels", tests, nullptr, nullptr);
}
