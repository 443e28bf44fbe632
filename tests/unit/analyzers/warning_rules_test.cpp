// SPDX-License-Identifier: Apache-2.0
//
// Wording of warnings, and which rule a policy's warning belongs to.
#include "rules/warning_rule.h"

#include <algorithm>

#include "report/check.h"
#include "report/policy.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;

std::string reword(std::string_view message) {
  return kPmw001ImplicitFunction.reword(message);
}

std::string implicit_declarations_read_as_in_gcc() {
  const char* expected = "implicit declaration of function 'crc16_modbus'";
  return same(reword("call to undeclared function 'crc16_modbus'; ISO C99 and later do not support implicit function "
                     "declarations"),
              expected) +
         same(reword("implicit declaration of function 'crc16_modbus' is invalid in C99"), expected) +
         same(reword("no name at all"), "no name at all");
}
std::string unknown_options_get_the_general_rule() {
  return same(warning_rule_for("vla").info.id, "PMW092") + same(warning_rule_for("").info.id, "PMW090") +
         same(warning_rule_for("format-security").info.id, "PMW004");
}
std::string policy_without_a_list_enforces_every_rule() {
  const auto names = enforced_warnings(proofmark::report::Policy());
  return holds(names.size() == 15, "15 options") +
         holds(std::find(names.begin(), names.end(), "date-time") != names.end(), "date-time") +
         holds(std::find(names.begin(), names.end(), "") == names.end(), "no empty name");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<implicit_declarations_read_as_in_gcc>("implicit_declarations_read_as_in_gcc"),
      named<unknown_options_get_the_general_rule>("unknown_options_get_the_general_rule"),
      named<policy_without_a_list_enforces_every_rule>("policy_without_a_list_enforces_every_rule"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
