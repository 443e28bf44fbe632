// SPDX-License-Identifier: Apache-2.0
//
// Programs that are started: what they may not do is go on after their time, or fill our memory.
#include "compile/process.h"

#include <csignal>

#include <unistd.h>

#include <fmt/format.h>

#include "report/check.h"
#include "report/file.h"
#include "scratch.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;

bool is_alive(pid_t process) {
  // A killed orphan is a zombie until somebody collects it.
  const auto stat = proofmark::report::read_file(fmt::format("/proc/{}/stat", process));
  return stat && stat->find(") Z ") == std::string::npos;
}

std::string what_a_program_started_ends_with_it() {
  const Scratch scratch;
  ProcessOptions options{"", {}, std::chrono::seconds(2)};
  options.own_group = true;
  const auto late = run_process({"sh", "-c", "sleep 300 & echo $! >child; wait"}, scratch.path(), options);
  const auto child = proofmark::report::read_file(scratch / "child");
  if (!child) return "the child did not start";
  const auto process = static_cast<pid_t>(std::stol(*child));
  for (int i = 0; i < 100 && is_alive(process); ++i) ::usleep(20'000);
  const bool alive = is_alive(process);
  if (alive) ::kill(process, SIGKILL);
  return same(error_of(late), "sh: no answer within 2 s") + holds(!alive, "the child was killed, too");
}

std::string output_is_bounded() {
  ProcessOptions options;
  options.max_output = 100'000;
  const auto much = run_process({"sh", "-c", "while :; do echo yes; done >&2"}, "/", options);
  const auto little = run_process({"sh", "-c", "echo yes"}, "/", options);
  return same(error_of(much), "sh: more than 100000 bytes") + same(little ? little->out : error_of(little), "yes\n");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<what_a_program_started_ends_with_it>("what_a_program_started_ends_with_it"),
      named<output_is_bounded>("output_is_bounded"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
