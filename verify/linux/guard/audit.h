// SPDX-License-Identifier: Apache-2.0
//
// What the guard writes down: a line of JSON for each refusal and each change of its own state, in a file of bounded size or
// on standard error, and the same to the journal where there is one. Nothing here ever waits for a reader, because a reader
// may itself wait for the guard.
#pragma once

#include <proofmark/verdict.h>

#include <stddef.h>
#include <stdint.h>

namespace proofmark::linux_guard {

// What happened to one file.
struct FileEvent {
  const char* event;  // "refused", "would-refuse", "accepted", "ended"
  pm_verdict verdict;
  const char* path;    // as an attacker chose it
  const char* caller;  // the program that asked; empty when it is none or unknown
  int thread;
  uint32_t user;  // its effective user
};

class Audit {
 public:
  // A file instead of standard error. False when it cannot be opened.
  [[nodiscard]] bool open(const char* path, uint64_t most_bytes);

  void file_event(const FileEvent& event);
  // A change of state: "started", "stopped" and the like, with a number that belongs to it.
  void note(const char* event, const char* text, uint64_t count);
  // Says how many records were left out, when it is time to.
  void tell_left_out();
  [[nodiscard]] bool owes() const { return left_out_ != 0; }

 private:
  [[nodiscard]] bool may_write();
  void write_line(const char* text, size_t size);
  void rotate();

  const char* path_ = nullptr;
  uint64_t most_bytes_ = 0;
  uint64_t size_ = 0;
  int file_ = 2;
  int journal_ = -1;
  uint64_t second_ = 0;
  unsigned in_second_ = 0;
  uint64_t left_out_ = 0;
};

}  // namespace proofmark::linux_guard
