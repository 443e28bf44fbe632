// SPDX-License-Identifier: Apache-2.0
//
// Tasks that crash, hang or talk much cost nothing but themselves.
#include "engine/worker_pool.h"

#include <csignal>
#include <vector>

#include <unistd.h>

#include <fmt/format.h>

#include "report/check.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;

// On a busy machine a second of processor time may take minutes: only the test that waits for the clock is impatient.
constexpr unsigned kPatient = 3600;

std::vector<TaskOutcome> run_all(size_t count, unsigned jobs, const std::function<std::string(size_t)>& task,
                                 unsigned patience = kPatient) {
  std::vector<TaskOutcome> outcomes(count);
  run_in_processes(count, {jobs, std::chrono::seconds(1), patience}, task,
                   [&](size_t i, TaskOutcome outcome) { outcomes[i] = std::move(outcome); });
  return outcomes;
}

std::string returns_what_tasks_return() {
  const auto outcomes = run_all(20, 3, [](size_t i) { return std::string(i * 20000, 'x') + fmt::format("{}", i); });
  std::string wrong;
  for (size_t i = 0; i < outcomes.size(); ++i)
    wrong += holds(outcomes[i].finished && outcomes[i].output.size() == i * 20000 + fmt::format("{}", i).size(),
                   fmt::format("task {} is whole", i));
  return wrong;
}
std::string crash_costs_one_task() {
  const auto outcomes = run_all(3, 2, [](size_t i) -> std::string {
    if (i == 1) ::raise(SIGKILL);
    return "fine";
  });
  return same(outcomes[0].output, "fine") + same(outcomes[1].failure, "crashed (signal 9)") +
         same(outcomes[2].output, "fine");
}
std::string early_exit_is_no_result() {
  const auto outcomes = run_all(1, 1, [](size_t) -> std::string { ::_exit(0); });
  return holds(!outcomes[0].finished, "not finished") + same(outcomes[0].failure, "ended without a result");
}
std::string waiting_task_is_stopped() {
  const auto waits = [](size_t) -> std::string {
    for (;;) ::pause();
  };
  const auto outcomes = run_all(2, 2, waits, /*patience=*/2);
  return same(outcomes[0].failure, "took longer than 2 s") + same(outcomes[1].failure, "took longer than 2 s");
}
std::string others_go_on_beside_a_waiting_task() {
  const auto outcomes = run_all(
      2, 2,
      [](size_t i) -> std::string {
        while (i == 0) ::pause();
        return "fine";
      },
      /*patience=*/20);
  return holds(!outcomes[0].finished, "stopped") + same(outcomes[1].output, "fine");
}
std::string endless_task_is_stopped() {
  const auto outcomes = run_all(1, 1, [](size_t) -> std::string {
    for (volatile unsigned i = 0;; i = i + 1) {
    }
  });
  return same(outcomes[0].failure, "used more than 1 s of processor time");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<returns_what_tasks_return>("returns_what_tasks_return"),
      named<crash_costs_one_task>("crash_costs_one_task"),
      named<early_exit_is_no_result>("early_exit_is_no_result"),
      named<waiting_task_is_stopped>("waiting_task_is_stopped"),
      named<others_go_on_beside_a_waiting_task>("others_go_on_beside_a_waiting_task"),
      named<endless_task_is_stopped>("endless_task_is_stopped"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
