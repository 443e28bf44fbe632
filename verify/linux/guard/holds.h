// SPDX-License-Identifier: Apache-2.0
//
// Files whose execution was allowed and may still be under way. The kernel forbids writing only some time after the guard
// has answered, and whoever controls the machine's load can make that time long. So the read lease that was taken before the
// file was hashed stays until the thread is seen to be past it; when a writer has waited too long by then, the thread is ended.
#pragma once

#include "system.h"

namespace proofmark::linux_guard {

struct Hold {
  int file;     // with the lease
  int process;  // /proc/THREAD, which stays this thread's, whoever gets its number later
  int thread;
  FileIdentity before;  // what the thread executed when it asked; zero: it was none of a program
  uint64_t broken_ms;   // since when a writer waits; 0: none does
};

class Holds {
 public:
  static constexpr unsigned kMost = 128;

  // How long a writer may wait before the thread is ended: less than the kernel waits before it takes the lease away.
  void set_patience(uint64_t milliseconds) { patience_ms_ = milliseconds; }
  [[nodiscard]] bool is_empty() const { return count_ == 0; }
  [[nodiscard]] bool is_full() const { return count_ == kMost; }

  // Takes both descriptors over. Not when full.
  void add(const Hold& hold);
  // Lets go of what is over. Calls `ended` with each thread that had to be ended.
  void sweep(void (*ended)(const Hold& hold));
  // Without touching the leases: for a process that another one has taken over from.
  void forget();

 private:
  Hold holds_[kMost];
  unsigned count_ = 0;
  uint64_t patience_ms_ = 5000;
};

// Opens /proc/THREAD and fills what a hold needs to know about the thread. False when it cannot be seen.
[[nodiscard]] bool watch_thread(int thread, Hold* hold);

}  // namespace proofmark::linux_guard
