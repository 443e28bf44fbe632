// SPDX-License-Identifier: Apache-2.0
//
// See system.h. Structures and numbers come from the kernel's own headers.
#include "system.h"

#include <asm/fcntl.h>
#include <asm/poll.h>
#include <asm/signal.h>
#include <asm/statfs.h>
#include <asm/unistd.h>
#include <linux/errno.h>
#include <linux/fanotify.h>
#include <linux/fcntl.h>
#include <linux/prctl.h>
#include <linux/resource.h>
#include <linux/signalfd.h>
#include <linux/stat.h>
#include <linux/time.h>
#include <linux/time_types.h>
#include <linux/un.h>
#include <linux/wait.h>

#include "arch.h"
#include "kernel.h"
#include "text.h"

namespace proofmark::linux_guard {

using linux_exec::system_call;

namespace {

// The kernel's headers for programs leave these to the libc.
constexpr int kUnixSockets = 1;     // AF_UNIX
constexpr int kDatagramSocket = 2;  // SOCK_DGRAM

long as_long(const void* pointer) {
  return reinterpret_cast<long>(pointer);
}

uint64_t bit(int signal) {
  return uint64_t{1} << (signal - 1);
}

uint64_t clock_ms(int clock) {
  __kernel_timespec time = {};
  system_call(__NR_clock_gettime, clock, as_long(&time));
  return static_cast<uint64_t>(time.tv_sec) * 1000 + static_cast<uint64_t>(time.tv_nsec) / 1'000'000;
}

// A path that begins with '@' is an abstract name, as service managers write it.
long connect_datagrams(const char* path) {
  const long descriptor = system_call(__NR_socket, kUnixSockets, kDatagramSocket | O_CLOEXEC | O_NONBLOCK, 0);
  if (descriptor < 0) return descriptor;
  sockaddr_un address = {kUnixSockets, {}};
  size_t length = 0;
  for (; path[length] != '\0' && length < sizeof address.sun_path - 1; ++length)
    address.sun_path[length] = path[length];
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
  const size_t used = __builtin_offsetof(sockaddr_un, sun_path) + length + (path[0] == '@' ? 0 : 1);
  const long code = system_call(__NR_connect, descriptor, as_long(&address), static_cast<long>(used));
  if (code == 0) return descriptor;
  system_call(__NR_close, descriptor);
  return code;
}

}  // namespace

// FAN_REPORT_TID: another thread of a process may execute, and it is that thread whose progress is watched.
long open_group() {
  constexpr long kFlags =
      FAN_CLASS_CONTENT | FAN_CLOEXEC | FAN_NONBLOCK | FAN_UNLIMITED_QUEUE | FAN_UNLIMITED_MARKS | FAN_REPORT_TID;
  return system_call(__NR_fanotify_init, kFlags, O_RDONLY | O_CLOEXEC | O_LARGEFILE);
}

long guard_file_system(int group, const char* path) {
  return system_call(__NR_fanotify_mark, group, FAN_MARK_ADD | FAN_MARK_FILESYSTEM, FAN_OPEN_EXEC_PERM, AT_FDCWD,
                     as_long(path));
}

long take_questions(int group, Question questions[kMostQuestions]) {
  fanotify_event_metadata events[kMostQuestions];
  const long size = system_call(__NR_read, group, as_long(events), sizeof events);
  if (size == -EAGAIN || size == -EINTR) return 0;
  if (size < 0) return size;
  const long count = size / static_cast<long>(sizeof events[0]);
  for (long i = 0; i < count; ++i) {
    if (events[i].vers != FANOTIFY_METADATA_VERSION || events[i].event_len != sizeof events[0]) return -EPROTO;
    questions[i] = {events[i].fd, events[i].pid};
  }
  return count;
}

long answer(int group, int file, bool allowed) {
  const fanotify_response response = {file, allowed ? unsigned{FAN_ALLOW} : unsigned{FAN_DENY}};
  return system_call(__NR_write, group, as_long(&response), sizeof response);
}

long identify(int folder, const char* name, FileIdentity* identity) {
  struct statx found = {};
  const long code =
      system_call(__NR_statx, folder, as_long(name), *name == '\0' ? AT_EMPTY_PATH : 0, STATX_INO, as_long(&found));
  *identity = {uint64_t{found.stx_dev_major} << 32 | found.stx_dev_minor, found.stx_ino};
  return code;
}

long file_system_type(int descriptor, uint64_t* type) {
  struct statfs status = {};
  const long code = system_call(__NR_fstatfs, descriptor, as_long(&status));
  *type = static_cast<uint64_t>(status.f_type) & 0xffffffffu;
  return code;
}

long take_read_lease(int descriptor) {
  return system_call(__NR_fcntl, descriptor, F_SETLEASE, F_RDLCK);
}

bool has_read_lease(int descriptor) {
  return system_call(__NR_fcntl, descriptor, F_GETLEASE) == F_RDLCK;
}

void release_lease(int descriptor) {
  system_call(__NR_fcntl, descriptor, F_SETLEASE, F_UNLCK);
}

long path_of(int descriptor, char* path, size_t size) {
  char name[32];
  linux_exec::write_descriptor_path(descriptor, name);
  return read_link_at(AT_FDCWD, name, path, size);
}

long read_link_at(int folder, const char* name, char* text, size_t size) {
  const long length = system_call(__NR_readlinkat, folder, as_long(name), as_long(text), static_cast<long>(size - 1));
  text[length < 0 ? 0 : length] = '\0';
  return length;
}

long open_folder(const char* path) {
  return system_call(__NR_openat, AT_FDCWD, as_long(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

long read_text_at(int folder, const char* name, char* text, size_t size) {
  text[0] = '\0';
  const long file = system_call(__NR_openat, folder, as_long(name), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return file;
  const long length = system_call(__NR_read, file, as_long(text), static_cast<long>(size - 1));
  text[length < 0 ? 0 : length] = '\0';
  system_call(__NR_close, file);
  return length;
}

long write_text(const char* path, const char* text) {
  const long file = system_call(__NR_openat, AT_FDCWD, as_long(path), O_WRONLY | O_CLOEXEC);
  if (file < 0) return file;
  const long written = linux_exec::write_all(static_cast<int>(file), text, linux_exec::text_length(text));
  system_call(__NR_close, file);
  return written;
}

long open_log(const char* path, uint64_t* size) {
  const long file = system_call(__NR_openat, AT_FDCWD, as_long(path),
                                O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0640);
  if (file < 0) return file;
  linux_exec::FileStatus status = {};
  const long code = linux_exec::get_status(static_cast<int>(file), &status);
  *size = status.size;
  return code < 0 ? code : file;
}

long rename_file(const char* from, const char* to) {
  return system_call(__NR_renameat2, AT_FDCWD, as_long(from), AT_FDCWD, as_long(to), 0);
}

void write_back() {
  system_call(__NR_sync);
}

long catch_signals() {
  const uint64_t all = ~uint64_t{0};
  const long code = system_call(__NR_rt_sigprocmask, SIG_SETMASK, as_long(&all), 0, sizeof all);
  if (code < 0) return code;
  const uint64_t wanted = bit(SIGTERM) | bit(SIGINT) | bit(SIGCHLD) | bit(SIGIO) | bit(SIGUSR1);
  return system_call(__NR_signalfd4, -1, as_long(&wanted), sizeof wanted, O_CLOEXEC | O_NONBLOCK);
}

unsigned take_signal(int signals) {
  signalfd_siginfo taken = {};
  if (system_call(__NR_read, signals, as_long(&taken), sizeof taken) != sizeof taken) return 0;
  switch (taken.ssi_signo) {
    case SIGCHLD:
      return kChild;
    case SIGIO:
      return kLease;
    case SIGUSR1:
      return kOrphan;
    default:
      return kTerminate;
  }
}

void wait_for_input(int first, int second, int milliseconds) {
  pollfd waited[2] = {{first, POLLIN, 0}, {second, POLLIN, 0}};
  __kernel_timespec time = {milliseconds / 1000, (milliseconds % 1000) * 1'000'000};
  system_call(__NR_ppoll, as_long(waited), 2, milliseconds < 0 ? 0 : as_long(&time), 0, 0);
}

bool can_write_now(int descriptor) {
  pollfd waited = {descriptor, POLLOUT, 0};
  __kernel_timespec time = {0, 0};
  return system_call(__NR_ppoll, as_long(&waited), 1, as_long(&time), 0, 0) == 1 && (waited.revents & POLLOUT) != 0;
}

void watch_parent() {
  system_call(__NR_prctl, PR_SET_PDEATHSIG, SIGUSR1);
}

long parent_id() {
  return system_call(__NR_getppid);
}

long make_child() {
  return system_call(__NR_clone, SIGCHLD);
}

long check_child(long child, bool* is_stopped, int* exit_code) {
  int status = 0;
  const long found = system_call(__NR_wait4, child, as_long(&status), WNOHANG | WUNTRACED, 0);
  *is_stopped = (status & 0xff) == 0x7f;
  *exit_code = (status & 0x7f) == 0 ? (status >> 8) & 0xff : -1;
  return found;
}

void wait_for_child(long child) {
  system_call(__NR_wait4, child, 0, 0, 0);
}

void send_kill(long process) {
  system_call(__NR_kill, process, SIGKILL);
}

void send_terminate(long process) {
  system_call(__NR_kill, process, SIGTERM);
}

long limit_descriptors(unsigned count) {
  const struct rlimit64 limit = {count, count};
  return system_call(__NR_prlimit64, 0, RLIMIT_NOFILE, as_long(&limit), 0);
}

uint64_t now_ms() {
  return clock_ms(CLOCK_BOOTTIME);
}

uint64_t wall_clock_ms() {
  return clock_ms(CLOCK_REALTIME);
}

// Whoever listened may have been started again: then once more, with a new connection.
bool send_datagram(int* descriptor, const char* path, const char* text, size_t size) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (*descriptor < 0) *descriptor = static_cast<int>(connect_datagrams(path));
    if (*descriptor < 0) return false;
    if (system_call(__NR_write, *descriptor, as_long(text), static_cast<long>(size)) == static_cast<long>(size)) {
      return true;
    }
    system_call(__NR_close, *descriptor);
    *descriptor = -1;
  }
  return false;
}

}  // namespace proofmark::linux_guard
