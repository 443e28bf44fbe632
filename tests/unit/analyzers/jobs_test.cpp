// SPDX-License-Identifier: Apache-2.0
//
// How many units run at once, and what is said of how long it takes.
#include "report/check.h"
#include "tool/job_count.h"
#include "tool/progress_line.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;

constexpr std::uint64_t kGib = std::uint64_t{1} << 30;

std::string memory_limits_jobs() {
  return holds(jobs_for(64, 6 * kGib) == 10, "ten fit into 6 GiB") + holds(jobs_for(4, 64 * kGib) == 4, "four cores") +
         holds(jobs_for(8, 0) == 1, "never none") + holds(automatic_jobs() >= 1, "here");
}
std::string rest_is_told_by_cost_not_by_number() {
  return same(progress_line({1, 100, 50, 100}, std::chrono::seconds(90)), "[1/100] units analysed, 1 min 30 s left") +
         same(progress_line({99, 100, 75, 100}, std::chrono::seconds(90)), "[99/100] units analysed, 30 s left");
}
std::string nothing_is_told_too_early() {
  return same(progress_line({1, 100, 1, 100}, std::chrono::seconds(1)), "[1/100] units analysed") +
         same(progress_line({1, 1, 1, 1}, std::chrono::seconds(9)), "[1/1] units analysed") +
         same(progress_line({1, 2, 0, 0}, std::chrono::seconds(9)), "[1/2] units analysed");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<memory_limits_jobs>("memory_limits_jobs"),
      named<rest_is_told_by_cost_not_by_number>("rest_is_told_by_cost_not_by_number"),
      named<nothing_is_told_too_early>("nothing_is_told_too_early"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
