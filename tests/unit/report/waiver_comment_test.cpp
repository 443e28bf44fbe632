// SPDX-License-Identifier: Apache-2.0
//
// Waivers in comments: their form, and the exact words about every other one.
#include <fmt/format.h>

#include "check.h"
#include "report/waiver_comment.h"

namespace proofmark::test {
namespace {

// "PMS201 PMS202 | jane | 2027-03-01 | why", or what is wrong.
std::string read(std::string_view comment) {
  if (!report::is_waiver_comment(comment)) return "(no waiver)";
  const auto waivers = report::parse_waiver_comment(comment);
  if (!waivers) return waivers.error().message;
  std::string told;
  for (const report::Waiver& waiver : *waivers) told += waiver.rule + " ";
  const report::Waiver& first = waivers->front();
  return told + fmt::format("| {} | {} | {}", first.owner, report::date_to_text(first.expires), first.reason);
}

// A whole waiver, with `fields` after its rules.
std::string with(std::string_view fields, std::string_view rules = "PMS201") {
  return read(fmt::format("// proofmark: waive({}) {}", rules, fields));
}

constexpr std::string_view kOwner = "owner=\"jane\" ", kExpires = "expires=2027-03-01 ", kReason = "reason=\"why\"";

std::string fields_in_any_order() {
  constexpr std::string_view kRead = "PMS201 | jane | 2027-03-01 | why";
  return same(with(fmt::format("{}{}{}", kOwner, kExpires, kReason)), kRead) +
         same(with(fmt::format("{} {}{}", kReason, kOwner, kExpires)), kRead) +
         same(with("owner = jane expires=\"2027-03-01\"\treason=why"), kRead) +
         same(read("//proofmark:waive(PMS201)owner=jane expires=2027-03-01 reason=\" why \""), kRead) +
         same(with("owner=jane expires=2027-03-01 reason=\"it's 100 % sound (a=b)\"", "PMS201, PMW004,PMS425 "),
              "PMS201 PMW004 PMS425 | jane | 2027-03-01 | it's 100 % sound (a=b)");
}

std::string comments_of_every_kind() {
  constexpr std::string_view kRead = "PMS201 | jane | 2027-03-01 | why not";
  constexpr std::string_view kText = "proofmark: waive(PMS201) owner=jane expires=2027-03-01 reason=\"why not\"";
  return same(read(fmt::format("/* {} */", kText)), kRead) + same(read(fmt::format("/*{}*/", kText)), kRead) +
         same(read(fmt::format("///< {}", kText)), kRead) + same(read(fmt::format("/*! {} */", kText)), kRead) +
         same(read("/*\n * proofmark: waive(PMS201)\r\n *   owner=jane expires=2027-03-01\n * reason=\"why\n *   "
                   "not\"\n */"),
              kRead) +
         same(read("// proofmark: waive(PMS201) owner=jane expires=2027-03-01 \\\n reason=\"why not\""), kRead);
}

std::string other_comments_are_none() {
  return same(read("// see proofmark: waive(PMS201)"), "(no waiver)") +
         same(read("// proofmark waive"), "(no waiver)") + same(read("/**/"), "(no waiver)") +
         same(read("//"), "(no waiver)") + same(read("/*"), "(no waiver)") + same(read("// NOLINT"), "(no waiver)");
}

std::string rules_must_exist_and_look_at_source() {
  const auto rules = [](std::string_view list) { return with("owner=a expires=2027-03-01 reason=b", list); };
  return same(rules(""), "a rule is missing (expected ids or names, parted by commas)") +
         same(rules("PMS201,"), "a rule is missing (expected ids or names, parted by commas)") +
         same(rules("optimize-attribute"), "PMS202 | a | 2027-03-01 | b") +
         same(rules("optimize-attribute,PMS202"), "PMS202 is there twice") +
         same(rules("PMC001"), "PMC001 | a | 2027-03-01 | b") + same(rules("PMS999"), "unknown rule \"PMS999\"") +
         same(rules("PMS"), "unknown rule \"PMS\"") + same(rules("*"), "unknown rule \"*\"") +
         same(rules("pms201"), "unknown rule \"pms201\"") +
         same(rules("PMS201 PMS202"), "unknown rule \"PMS201 PMS202\"") +
         same(rules("PMS201,PMS201"), "PMS201 is there twice") +
         same(rules("PMX003"), "PMX003: a finding about a waiver can't be waived") +
         same(rules("PMF003"), "PMF003 finds nothing in a line of the source (a file of waivers can cover it)") +
         same(rules("PMG001"), "PMG001 is GCC's, whose places follow #line (a file of waivers can cover it)") +
         same(read("// proofmark: waive PMS201"), "no rules (expected \"(\" after waive)") +
         same(read("// proofmark: waive(PMS201"), "the list of rules has no end (expected \")\")") +
         same(read("// proofmark: waife(PMS201)"), "not a waiver (expected \"waive\", found \"waife\")") +
         same(read("// proofmark:"), "not a waiver (expected \"waive\", found \"\")");
}

std::string every_field_is_mandatory_and_once() {
  return same(with(""), "\"owner\" is missing") +
         same(with(fmt::format("{}{}", kOwner, kReason)), "\"expires\" is missing") +
         same(with(fmt::format("{}{}", kOwner, kExpires)), "\"reason\" is missing") +
         same(with(fmt::format("{}{}{}{}", kOwner, kOwner, kExpires, kReason)), "\"owner\" is there twice") +
         same(with(fmt::format("{}{}{} expires=2099-01-01", kOwner, kExpires, kReason)), "\"expires\" is there twice") +
         same(with(fmt::format("{}{}{} until=\"x\"", kOwner, kExpires, kReason)),
              "unknown field \"until\" (expected owner, expires or reason)") +
         same(with(fmt::format("{}{}{} and so on", kOwner, kExpires, kReason)),
              "not a field (expected name=\"value\", found \"and so on\")") +
         same(with(fmt::format("{}{}{};", kOwner, kExpires, kReason)), "no blank after \"reason\" (found \";\")");
}

std::string values_must_say_something() {
  const auto values = [](std::string_view owner, std::string_view expires, std::string_view reason) {
    return with(fmt::format("owner=\"{}\" expires={} reason=\"{}\"", owner, expires, reason));
  };
  return same(values("", "2027-03-01", "why"), "\"owner\" is empty") +
         same(values(" ", "2027-03-01", "why"), "\"owner\" is empty") +
         same(values("jane", "2027-03-01", ""), "\"reason\" is empty") +
         same(values("jane", "2027-03-01", "-"), "\"reason\" is empty") +
         same(values("\xE2\x80\x8B", "2027-03-01", "why"),
              "\"owner\" holds a character that reorders or hides text (U+200B)") +
         same(values("jane", "2027-03-01", "\xE2\x80\xAEyhw"),
              "\"reason\" holds a character that reorders or hides text (U+202E)") +
         same(values("jane", "2027-03-01", "why\x1B[2J"), "\"reason\" holds a control character (U+001B)") +
         same(values("jane", "2027-03-01", "\xFF"), "\"reason\" holds bytes that are no UTF-8") +
         same(values("jane", "2027-02-29", "why"),
              "\"expires\" is not a date (expected YYYY-MM-DD, found \"2027-02-29\")") +
         same(values("jane", "never", "why"), "\"expires\" is not a date (expected YYYY-MM-DD, found \"never\")") +
         same(with("owner=jane expires=2027-03-01 reason=\"why"), "\"reason\" has no end (expected a second quote)") +
         same(with("owner=\"jane\"expires=2027-03-01 reason=why"),
              "no blank after \"owner\" (found \"expires=2027-03-01 reason=why\")");
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {named<fields_in_any_order>("fields_in_any_order"),
                              named<comments_of_every_kind>("comments_of_every_kind"),
                              named<other_comments_are_none>("other_comments_are_none"),
                              named<rules_must_exist_and_look_at_source>("rules_must_exist_and_look_at_source"),
                              named<every_field_is_mandatory_and_once>("every_field_is_mandatory_and_once"),
                              named<values_must_say_something>("values_must_say_something")};
  return cmocka_run_group_tests_name("report waiver comments", tests, nullptr, nullptr);
}
