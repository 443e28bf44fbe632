// SPDX-License-Identifier: Apache-2.0
//
// Keeps a worker running, and the kernel waiting in between. What a worker had taken when it ended is refused: nobody would
// answer it any more.
#include "../init/system.h"
#include "guard.h"
#include "guard_policy_data.h"
#include "kernel.h"

namespace proofmark::linux_guard {
namespace {

constexpr int kExitStopped = 0;
constexpr int kExitFailed = 3;

// More ends than that in so long a time are no accident any more.
constexpr unsigned kMostEnds = 16;
constexpr uint64_t kEndsMs = 60'000;

// The kernel knows a question by its descriptor in the worker; which ones it had taken is not known, so all are answered.
void refuse_taken(int group) {
  for (unsigned file = 0; file < kMostDescriptors; ++file) answer(group, static_cast<int>(file), false);
}

// Keeps saying no, until it is told to end.
void refuse_everything(Guard* guard) {
  for (;;) {
    wait_for_input(guard->group, guard->signals, 1000);
    if (take_signal(guard->signals) == kTerminate) return;
    Question questions[kMostQuestions];
    const long count = take_questions(guard->group, questions);
    for (long i = 0; i < count; ++i) {
      if (questions[i].file < 0) continue;
      char path[4096];
      if (path_of(questions[i].file, path, sizeof path) < 0) path[0] = '\0';
      guard->audit.file_event({"refused", PM_REFUSED_GUARD_FAILING, path, "", questions[i].thread, ~0u});
      answer(guard->group, questions[i].file, false);
      linux_init::close_file(questions[i].file);
    }
    guard->audit.tell_left_out();
  }
}

int fail(Guard* guard, const char* why) {
  guard->audit.note("failed", why, 0);
  switch (guard->is_permissive ? Failing::kOpen : kFailing) {
    case Failing::kOpen:
      return kExitFailed;
    case Failing::kClosed:
      refuse_everything(guard);
      return kExitFailed;
    case Failing::kReboot:
      write_back();
      linux_init::end_system(linux_init::Ending::kReboot);
    case Failing::kHalt:
      write_back();
      linux_init::end_system(linux_init::Ending::kHalt);
  }
  return kExitFailed;
}

// Runs in the child. Does not return when the child has to end.
void become_worker(Guard* guard, long supervisor) {
  watch_parent();
  const Ended ended = parent_id() == supervisor ? work(guard) : Ended::kOrphaned;
  if (ended == Ended::kOrphaned) return;
  if (ended == Ended::kStopped && guard->is_permissive) {
    guard->audit.note("learned", "files that would need a mark", guard->learned.count());
    if (guard->learned.missed() != 0)
      guard->audit.note("learned", "questions about more files", guard->learned.missed());
  }
  linux_exec::exit_program(ended == Ended::kStopped ? kExitStopped : kExitFailed);
}

enum class Outcome { kStopped, kEnded, kFailed };

// Waits for the end of the worker, or ends it.
Outcome watch_worker(Guard* guard, long worker) {
  for (;;) {
    wait_for_input(guard->signals, -1, -1);
    const unsigned signal = take_signal(guard->signals);
    if (signal == kTerminate) {
      send_terminate(worker);
      wait_for_child(worker);
      return Outcome::kStopped;
    }
    bool is_stopped = false;
    int code = -1;
    if (check_child(worker, &is_stopped, &code) <= 0) continue;
    if (is_stopped) {
      // A worker that stands still would let everybody wait for ever.
      send_kill(worker);
      continue;
    }
    return code == kExitFailed ? Outcome::kFailed : Outcome::kEnded;
  }
}

}  // namespace

int supervise(Guard* guard) {
  unsigned ends = 0;
  uint64_t first_end_ms = 0;
  for (;;) {
    const long supervisor = linux_init::process_id();
    const long worker = make_child();
    if (worker < 0) return fail(guard, "no worker can be started");
    if (worker == 0) {
      become_worker(guard, supervisor);
      guard->audit.note("took-over", "the supervisor ended, its worker goes on in its place", 0);
      continue;
    }
    guard->holds.forget();
    const Outcome outcome = watch_worker(guard, worker);
    if (outcome == Outcome::kStopped) return kExitStopped;
    refuse_taken(guard->group);
    if (outcome == Outcome::kFailed) return fail(guard, "the kernel lost questions, or gives none any more");
    if (ends == 0 || now_ms() - first_end_ms > kEndsMs) {
      ends = 0;
      first_end_ms = now_ms();
    }
    guard->audit.note("worker-ended", "what it had been asked was refused", ++ends);
    if (ends >= kMostEnds) return fail(guard, "workers end again and again");
  }
}

}  // namespace proofmark::linux_guard
