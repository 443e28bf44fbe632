// SPDX-License-Identifier: Apache-2.0
//
// Which rule claims which report of the analyzer.
#include "rules/path_rule.h"

#include "report/check.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;

std::string claims(std::string_view id, const AnalyzerReport& report) {
  return same(path_rule_for(report).info.id, id);
}

std::string place_and_access_decide_about_overflows() {
  const char* checker = "alpha.security.ArrayBoundV2";
  const char* words = "Access of 'a' at index 4, while it holds only 4 'int' elements";
  return claims("PMS101", {checker, words, Memory::kStack, Access::kWrite}) +
         claims("PMS101", {checker, words, Memory::kStack, Access::kUnknown}) +
         claims("PMS104", {checker, words, Memory::kStack, Access::kRead}) +
         claims("PMS102", {checker, words, Memory::kHeap, Access::kWrite}) +
         claims("PMS103", {checker, words, Memory::kStatic, Access::kWrite}) +
         claims("PMS103", {checker, words, Memory::kUnknown, Access::kUnknown}) +
         claims("PMS115",
                {checker, "Potential out of bound access to 'a' with tainted index", Memory::kStack, Access::kWrite});
}
std::string posix_model_is_an_overflow_only_when_it_talks_of_sizes() {
  const char* checker = "unix.StdCLibraryFunctions";
  return claims("PMS101", {checker,
                           "The 2nd argument to 'recv' is a buffer with size 64 but should be a buffer with size "
                           "equal to or greater than the value of the 3rd argument (which is 512)",
                           Memory::kStack, Access::kWrite}) +
         claims("PMS199", {checker, "The 1st argument to 'close' is -1 but should be >= 0"});
}
std::string allocator_reports_are_told_apart() {
  return claims("PMS106", {"unix.Malloc", "Use of memory after it is freed"}) +
         claims("PMS107", {"unix.Malloc", "Attempt to free released memory"}) +
         claims("PMS108", {"unix.Malloc", "Potential leak of memory pointed to by 'p'"}) +
         claims("PMS112", {"unix.Malloc",
                           "Argument to free() is the address of the local variable 'v', which is not memory "
                           "allocated by malloc()"});
}
std::string nothing_is_lost() {
  return claims("PMS199", {"some.NewChecker", "something is wrong"});
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<place_and_access_decide_about_overflows>("place_and_access_decide_about_overflows"),
      named<posix_model_is_an_overflow_only_when_it_talks_of_sizes>(
          "posix_model_is_an_overflow_only_when_it_talks_of_sizes"),
      named<allocator_reports_are_told_apart>("allocator_reports_are_told_apart"),
      named<nothing_is_lost>("nothing_is_lost"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
