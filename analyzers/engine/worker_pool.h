// SPDX-License-Identifier: Apache-2.0
//
// Runs tasks in processes of their own, several at a time. A compiler's parser may crash or loop on some input; then
// one unit is lost and reported, not the run.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

namespace proofmark::analyze {

struct TaskOutcome {
  bool finished = false;
  std::string output;   // what the task returned
  std::string failure;  // "crashed (signal 11)", "used more than 300 s of processor time"
};

struct PoolOptions {
  unsigned jobs = 1;
  // Per task, in processor time, so that a busy machine changes no verdict.
  std::chrono::seconds time_limit{300};
  // A task that waits is given up after this many time limits by the clock.
  unsigned patience = 8;
};

// `task` runs in a forked child; `done` in this process, in the order in which tasks end. Must be called while this
// process has a single thread.
void run_in_processes(size_t count, const PoolOptions& options, const std::function<std::string(size_t)>& task,
                      const std::function<void(size_t, TaskOutcome)>& done);

}  // namespace proofmark::analyze
