// SPDX-License-Identifier: Apache-2.0
//
// Attacks on the time between check and execution, for the guard's tests. FILE prints "tiny"; a writer replaces that by
// "evil" in place, and puts it back, as fast as it can, in one of the ways there are; the parent executes FILE again and
// again and counts what ran.
//
//   race HOW COUNT FILE OFFSET     HOW: open (waits for leases), nonblock, truncate, map, idle (open; starts at idle priority)
//
// Prints "ran N good, N refused, N busy, N evil, N other; N writes". Exit code 0, or 3 when something failed.
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kGood, kRefused, kBusy, kEvil, kOther, kOutcomes };

struct shared {
  atomic_long writes;
  atomic_long started;  // executions
  atomic_int changed;   // the file may be another than the signed one now
};

static const char* how;
static const char* file;
static long offset;
static struct shared* counts;

// The file is put back after the execution that it was changed for, so that every execution begins with the good file.
static void wait_for_next(long started) {
  for (int i = 0; i < 100 && atomic_load(&counts->started) == started; ++i) usleep(50);
}

static void put(int descriptor, const char* text) {
  if (pwrite(descriptor, text, 4, offset) == 4) atomic_fetch_add(&counts->writes, 1);
}

// The file shrinks to half of its length and grows back, so that a part of it is zero for a while.
static void cut(void) {
  static char rest[65536];
  const int descriptor = open(file, O_RDONLY);
  const long length = lseek(descriptor, 0, SEEK_END);
  const long got = pread(descriptor, rest, sizeof rest, 0);
  close(descriptor);
  if (got != length || truncate(file, length / 2) != 0) return;
  atomic_fetch_add(&counts->writes, 1);
  for (;;) {
    const int writer = open(file, O_WRONLY);
    if (writer < 0) continue;
    if (pwrite(writer, rest, (size_t)length, 0) == length) {
      close(writer);
      return;
    }
    close(writer);
  }
}

static void write_once(void) {
  const long started = atomic_load(&counts->started);
  const int flags = strcmp(how, "nonblock") == 0 ? O_NONBLOCK : 0;
  const int descriptor = open(file, (strcmp(how, "map") == 0 ? O_RDWR : O_WRONLY) | flags);
  if (descriptor < 0) return;
  if (strcmp(how, "map") == 0) {
    char* bytes = mmap(NULL, (size_t)offset + 4, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (bytes == MAP_FAILED) return;
    memcpy(bytes + offset, "evil", 4);
    atomic_fetch_add(&counts->writes, 1);
    wait_for_next(started);
    memcpy(bytes + offset, "tiny", 4);
    munmap(bytes, (size_t)offset + 4);
    return;
  }
  put(descriptor, "evil");
  close(descriptor);
  wait_for_next(started);
  int again;
  while ((again = open(file, O_WRONLY)) < 0) {
  }
  put(again, "tiny");
  close(again);
}

static int execute(void) {
  for (int i = 0; i < 1000 && atomic_load(&counts->changed) != 0; ++i) usleep(50);
  atomic_fetch_add(&counts->started, 1);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) exit(3);
  const pid_t child = fork();
  if (child == 0) {
    struct sched_param none = {0};
    if (strcmp(how, "idle") == 0) sched_setscheduler(0, SCHED_IDLE, &none);
    dup2(ends[1], 1);
    execl(file, file, (char*)NULL);
    _exit(errno == EPERM ? 101 : errno == ETXTBSY ? 102 : 103);
  }
  close(ends[1]);
  char text[8] = "";
  const ssize_t size = read(ends[0], text, sizeof text - 1);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (size > 0 && strncmp(text, "evil", 4) == 0) return kEvil;
  if (size > 0 && strncmp(text, "tiny", 4) == 0) return kGood;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 101) return kRefused;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 102) return kBusy;
  return kOther;
}

int main(int count, char** arguments) {
  if (count != 5) return 2;
  how = arguments[1];
  file = arguments[3];
  offset = strtol(arguments[4], NULL, 10);
  counts = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (counts == MAP_FAILED) return 3;
  const pid_t writer = fork();
  if (writer == 0) {
    // Not faster than programs start, and never in step with them.
    for (useconds_t pause = 0;; pause = (pause + 37) % 1500) {
      const long started = atomic_load(&counts->started);
      for (int i = 0; i < 1000 && atomic_load(&counts->started) == started; ++i) usleep(20);
      usleep(pause);
      atomic_store(&counts->changed, 1);
      strcmp(how, "truncate") == 0 ? cut() : write_once();
      atomic_store(&counts->changed, 0);
    }
  }
  long seen[kOutcomes] = {0};
  for (long i = strtol(arguments[2], NULL, 10); i > 0; --i) ++seen[execute()];
  kill(writer, SIGKILL);
  waitpid(writer, NULL, 0);
  printf("ran %ld good, %ld refused, %ld busy, %ld evil, %ld other; %ld writes\n", seen[kGood], seen[kRefused],
         seen[kBusy], seen[kEvil], seen[kOther], atomic_load(&counts->writes));
  return 0;
}
