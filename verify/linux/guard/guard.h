// SPDX-License-Identifier: Apache-2.0
//
// The two processes of the guard and what they share. The worker decides; the supervisor holds the same group of questions
// open, so that the kernel does not take the end of the worker for consent, and starts the next one. When the supervisor
// ends, the worker takes its place.
#pragma once

#include "audit.h"
#include "holds.h"
#include "learned.h"

namespace proofmark::linux_guard {

// A question, its file, and the descriptor limit: no process has more, so every question that a worker took can be refused.
constexpr unsigned kMostDescriptors = 512;

struct Guard {
  int group = -1;
  int signals = -1;
  bool is_permissive = false;
  bool is_verbose = false;
  Audit audit;
  Holds holds;
  Learned learned;
};

enum class Ended {
  kStopped,   // by a signal: guarding ends
  kOrphaned,  // the supervisor is gone: this process takes its place
  kFailed,    // the kernel lost questions, or gives none any more: the board decides
};

// Answers questions until something of the above happens.
[[nodiscard]] Ended work(Guard* guard);

// Runs workers until guarding ends. Returns the exit code of the program.
[[nodiscard]] int supervise(Guard* guard);

}  // namespace proofmark::linux_guard
