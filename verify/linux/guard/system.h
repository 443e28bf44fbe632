// SPDX-License-Identifier: Apache-2.0
//
// The system calls that the guard needs beyond kernel.h and those of proofmark-init, under plain names. Each returns what
// the kernel returns: a value that is not negative, or -errno.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace proofmark::linux_guard {

// --- fanotify ----------------------------------------------------------------------------------------------------------

// A question of the kernel: may `thread` execute `file`? The thread waits until answer() is called with the descriptor.
struct Question {
  int file;    // negative: questions were lost
  int thread;  // as this process numbers threads; 0 when it cannot see it
};

constexpr unsigned kMostQuestions = 16;

// A group whose questions wait without limit; where a queue has one, the kernel allows what does not fit in.
[[nodiscard]] long open_group();
// Asks `group` about every execution from the file system that `path` lies on, under whatever mount.
[[nodiscard]] long guard_file_system(int group, const char* path);
// Takes up to kMostQuestions; returns how many, 0 when none is there.
[[nodiscard]] long take_questions(int group, Question questions[kMostQuestions]);
long answer(int group, int file, bool allowed);

// --- Files -------------------------------------------------------------------------------------------------------------

struct FileIdentity {
  uint64_t device;
  uint64_t inode;
};
inline bool is_same_file(const FileIdentity& left, const FileIdentity& right) {
  return left.device == right.device && left.inode == right.inode;
}

// Of the open `folder` itself when `name` is "", else of what `name` in it leads to.
[[nodiscard]] long identify(int folder, const char* name, FileIdentity* identity);
// The number of the kind of file system (statfs(2), f_type).
[[nodiscard]] long file_system_type(int descriptor, uint64_t* type);
[[nodiscard]] long take_read_lease(int descriptor);
// True while nobody who wants to write waits, or has been.
[[nodiscard]] bool has_read_lease(int descriptor);
void release_lease(int descriptor);
// Where the open file lies, with a zero at the end.
[[nodiscard]] long path_of(int descriptor, char* path, size_t size);
[[nodiscard]] long read_link_at(int folder, const char* name, char* text, size_t size);
[[nodiscard]] long open_folder(const char* path);
// Reads at most `size` - 1 bytes of a small file, and puts a zero behind them.
[[nodiscard]] long read_text_at(int folder, const char* name, char* text, size_t size);
[[nodiscard]] long write_text(const char* path, const char* text);
// Appends to what is there, makes what is not, follows no link in the last component.
[[nodiscard]] long open_log(const char* path, uint64_t* size);
[[nodiscard]] long rename_file(const char* from, const char* to);
// Until everything that was written is on its medium.
void write_back();

// --- Processes and time --------------------------------------------------------------------------------------------------

constexpr unsigned kTerminate = 1u << 0;  // SIGTERM or SIGINT
constexpr unsigned kChild = 1u << 1;      // SIGCHLD
constexpr unsigned kLease = 1u << 2;      // SIGIO: somebody waits for a lease
constexpr unsigned kOrphan = 1u << 3;     // SIGUSR1: the supervisor is gone

// No signal but SIGKILL and SIGSTOP reaches the process otherwise. The descriptor works in children, too.
[[nodiscard]] long catch_signals();
// Takes one signal; 0 when none is there.
[[nodiscard]] unsigned take_signal(int signals);
// Waits until one of them can be read, `milliseconds` at most, for ever when negative.
void wait_for_input(int first, int second, int milliseconds);
[[nodiscard]] bool can_write_now(int descriptor);
// Has kOrphan sent to this process when its parent ends.
void watch_parent();
[[nodiscard]] long parent_id();
[[nodiscard]] long make_child();
// How a child ended or that it was stopped; 0 when nothing has happened.
[[nodiscard]] long check_child(long child, bool* is_stopped, int* exit_code);
void wait_for_child(long child);
void send_kill(long process);
void send_terminate(long process);
// At most so many open descriptors.
[[nodiscard]] long limit_descriptors(unsigned count);

uint64_t now_ms();         // of a clock that nobody sets
uint64_t wall_clock_ms();  // since 1970

// A datagram to a socket of the system; never waits. `descriptor` is kept between calls, -1 at first.
[[nodiscard]] bool send_datagram(int* descriptor, const char* path, const char* text, size_t size);

}  // namespace proofmark::linux_guard
