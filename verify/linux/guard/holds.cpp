// SPDX-License-Identifier: Apache-2.0
//
// See holds.h.
#include "holds.h"

#include "../init/system.h"
#include "text.h"

namespace proofmark::linux_guard {
namespace {

using linux_init::close_file;

// execve and execveat on amd64, i386 and x32, arm64 and arm. A call of another machine that has one of these numbers only
// makes a hold last longer.
constexpr uint64_t kExecutingCalls[] = {59, 322, 11, 358, 520, 545, 221, 281, 387};
constexpr uint64_t kX32Bit = 0x40000000;

// "NUMBER ARGUMENTS...", or "running" while that cannot be told.
bool is_executing_call(const char* text) {
  if (*text == 'r' || *text == '\0') return true;
  uint64_t number = 0;
  for (; *text >= '0' && *text <= '9'; ++text) number = number * 10 + static_cast<uint64_t>(*text - '0');
  number &= ~kX32Bit;
  for (const uint64_t call : kExecutingCalls) {
    if (number == call) return *text == ' ';
  }
  return false;
}

// The thread is past the point from which the kernel itself forbids writing to the file, past the call, or gone. A thread of
// the kernel that starts a program has no image before, and no call that could be looked at.
bool is_over(const Hold& hold) {
  char text[32];
  if (read_text_at(hold.process, "comm", text, sizeof text) < 0) return true;
  FileIdentity now;
  if (identify(hold.process, "exe", &now) == 0 && !is_same_file(now, hold.before)) return true;
  const bool had_image = hold.before.inode != 0;
  return had_image && read_text_at(hold.process, "syscall", text, sizeof text) > 0 && !is_executing_call(text);
}

}  // namespace

bool watch_thread(int thread, Hold* hold) {
  if (thread <= 0) return false;
  char path[32] = "/proc/";
  *linux_exec::append_number(path + sizeof "/proc/" - 1, static_cast<unsigned>(thread)) = '\0';
  const long process = open_folder(path);
  if (process < 0) return false;
  hold->process = static_cast<int>(process);
  hold->thread = thread;
  hold->broken_ms = 0;
  if (identify(hold->process, "exe", &hold->before) != 0) hold->before = {0, 0};
  return true;
}

void Holds::add(const Hold& hold) {
  holds_[count_++] = hold;
}

void Holds::sweep(void (*ended)(const Hold& hold)) {
  const uint64_t now = now_ms();
  unsigned kept = 0;
  for (unsigned i = 0; i < count_; ++i) {
    Hold hold = holds_[i];
    bool over = is_over(hold);
    if (!over && hold.broken_ms == 0 && !has_read_lease(hold.file)) hold.broken_ms = now;
    if (!over && hold.broken_ms != 0 && now - hold.broken_ms >= patience_ms_) {
      // It is inside of the kernel on its way to the program, and never gets there now.
      send_kill(hold.thread);
      ended(hold);
      hold.broken_ms = now;
    }
    if (!over) {
      holds_[kept++] = hold;
      continue;
    }
    release_lease(hold.file);
    close_file(hold.file);
    close_file(hold.process);
  }
  count_ = kept;
}

void Holds::forget() {
  for (unsigned i = 0; i < count_; ++i) {
    close_file(holds_[i].file);
    close_file(holds_[i].process);
  }
  count_ = 0;
}

}  // namespace proofmark::linux_guard
