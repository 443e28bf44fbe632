// SPDX-License-Identifier: Apache-2.0
//
// The process that answers. It opens no file that it could be asked about: it is asked about executions only, and executes
// nothing; the descriptors that come with questions raise none themselves.
#include "../init/system.h"
#include "decision.h"
#include "guard.h"
#include "guard_policy_data.h"

namespace proofmark::linux_guard {
namespace {

constexpr int kSweepMs = 20;
constexpr unsigned kMostErrors = 1000;

constexpr size_t kPathSize = 4096;
char path[kPathSize];
char caller[kPathSize];

// sweep() knows of no context.
Guard* active;

// What is left of the question after the verdict: who asked.
void write_event(const char* event, pm_verdict verdict, const Hold& hold) {
  linux_init::FileFacts facts = {};
  if (hold.process < 0 || linux_init::get_facts(hold.process, &facts) != 0) facts.uid = ~0u;
  if (hold.process < 0 || read_link_at(hold.process, "exe", caller, sizeof caller) < 0) caller[0] = '\0';
  active->audit.file_event({event, verdict, path, caller, hold.thread, facts.uid});
}

void tell_ended(const Hold& hold) {
  if (path_of(hold.file, path, sizeof path) < 0) path[0] = '\0';
  write_event("ended", PM_REFUSED_GUARD_ENDED, hold);
}

void learn(int file) {
  FileIdentity identity;
  if (identify(file, "", &identity) == 0) active->learned.add(identity, path);
}

// Whether the file may run, and whether its lease must outlast the answer.
bool judge(const Question& question, Hold* hold, bool* is_held) {
  if (path_of(question.file, path, sizeof path) < 0) path[0] = '\0';
  Decision decision = decide(question.file, path);
  if (decision.verdict == PM_REFUSED_GUARD_WRITER && !active->holds.is_empty()) {
    // It may be that a writer waits for a lease of ours that nobody needs any more.
    active->holds.sweep(tell_ended);
    decision = decide(question.file, path);
  }
  pm_verdict verdict = decision.verdict;
  const bool is_seen = watch_thread(question.thread, hold);
  const bool needs_hold = verdict == PM_ACCEPTED && decision.stability == Stability::kLease && !active->is_permissive;
  if (needs_hold && active->holds.is_full()) active->holds.sweep(tell_ended);
  if (needs_hold && (!is_seen || active->holds.is_full())) verdict = PM_REFUSED_GUARD_THREAD;
  *is_held = needs_hold && verdict == PM_ACCEPTED;
  if (verdict != PM_ACCEPTED) {
    write_event(active->is_permissive ? "would-refuse" : "refused", verdict, *hold);
    if (active->is_permissive) learn(question.file);
  } else if (active->is_verbose) {
    write_event("accepted", verdict, *hold);
  }
  return verdict == PM_ACCEPTED || active->is_permissive;
}

void take_question(const Question& question) {
  Hold hold = {question.file, -1, question.thread, {0, 0}, 0};
  bool is_held = false;
  const bool allowed = judge(question, &hold, &is_held);
  // Entered before the answer: what follows the answer may be a writer's first chance.
  if (is_held) active->holds.add(hold);
  answer(active->group, question.file, allowed);
  if (is_held) return;
  linux_init::close_file(question.file);
  if (hold.process >= 0) linux_init::close_file(hold.process);
}

// Takes what is there. False when the kernel has lost questions or gives none any more.
bool take_all(unsigned* errors) {
  Question questions[kMostQuestions];
  const long count = take_questions(active->group, questions);
  // A question whose file could not be opened for us has been answered by the kernel, with no.
  if (count < 0) return ++*errors < kMostErrors;
  if (count > 0) *errors = 0;
  bool complete = true;
  for (long i = 0; i < count; ++i) {
    if (questions[i].file < 0) {
      complete = false;
    } else {
      take_question(questions[i]);
    }
  }
  return complete;
}

// All signals that are there, as one set.
unsigned take_signals() {
  unsigned all = 0;
  for (unsigned signal = take_signal(active->signals); signal != 0; signal = take_signal(active->signals))
    all |= signal;
  return all;
}

}  // namespace

Ended work(Guard* guard) {
  active = guard;
  unsigned errors = 0;
  uint64_t swept_ms = 0;
  for (;;) {
    const bool waits = !guard->holds.is_empty();
    wait_for_input(guard->group, guard->signals, waits ? kSweepMs : guard->audit.owes() ? 1000 : -1);
    const unsigned signals = take_signals();
    if ((signals & kTerminate) != 0) return Ended::kStopped;
    if ((signals & kOrphan) != 0) return Ended::kOrphaned;
    if (!take_all(&errors)) return Ended::kFailed;
    guard->audit.tell_left_out();
    const uint64_t now = now_ms();
    if ((signals & kLease) == 0 && now - swept_ms < kSweepMs) continue;
    swept_ms = now;
    guard->holds.sweep(tell_ended);
  }
}

}  // namespace proofmark::linux_guard
