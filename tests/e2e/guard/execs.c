// SPDX-License-Identifier: Apache-2.0
//
// Ways to execute, or to stand in the way of that, which no shell has, for the guard's tests.
//
//   execs map FILE         keeps FILE writable through a mapping alone, says "mapped", waits
//   execs memory FILE      executes a copy of FILE in a memory file
//   execs descriptor FILE  executes FILE by its descriptor
//   execs load FILE        maps FILE executable, as a library
//   execs ask FILE         asks the kernel whether FILE could be executed (Linux 6.14); prints 0 or the error
//   execs thread FILE      executes FILE from a second thread
//   execs spin FILE WRITE  fails to execute FILE, then computes for ever without a system call; WRITE is written to meanwhile
//   execs many COUNT FILE...  executes the files in turn, all at once; prints how many ended with 0 and how many did not start
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char* const no_arguments[] = {"program", NULL};
extern char** environ;

static int keep_map(const char* file) {
  const int descriptor = open(file, O_RDWR);
  void* map = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (map == MAP_FAILED) return 3;
  close(descriptor);
  puts("mapped");
  fflush(stdout);
  pause();
  return 0;
}

static int from_memory(const char* file) {
  static char bytes[1 << 20];
  const int source = open(file, O_RDONLY), copy = memfd_create("copy", 0);
  const ssize_t size = read(source, bytes, sizeof bytes);
  if (size <= 0 || write(copy, bytes, (size_t)size) != size) return 3;
  syscall(SYS_execveat, copy, "", no_arguments, environ, AT_EMPTY_PATH);
  return errno;
}

static int by_descriptor(const char* file) {
  syscall(SYS_execveat, open(file, O_RDONLY), "", no_arguments, environ, AT_EMPTY_PATH);
  return errno;
}

static int load(const char* file) {
  void* map = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, open(file, O_RDONLY), 0);
  puts(map == MAP_FAILED ? strerror(errno) : "loaded");
  return 0;
}

static int ask(const char* file) {
  const long code = syscall(SYS_execveat, open(file, O_RDONLY), "", no_arguments, environ, AT_EMPTY_PATH | 0x10000);
  printf("%d\n", code == 0 ? 0 : errno);
  return 0;
}

static void* execute(void* file) {
  execve(file, no_arguments, environ);
  exit(errno);
}

static int from_thread(char* file) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, execute, file) != 0) return 3;
  for (;;) pause();
}

static int spin(const char* file, const char* written) {
  const pid_t writer = fork();
  if (writer == 0) {
    usleep(300 * 1000);
    _exit(open(written, O_WRONLY) < 0 ? errno : 0);
  }
  execve(file, no_arguments, environ);
  for (volatile int i = 0;; ++i) {
  }
}

static int many(int processes, int count, char** files) {
  int begin[2];
  if (pipe2(begin, O_CLOEXEC) != 0) return 3;
  for (int i = 0; i < processes; ++i) {
    if (fork() != 0) continue;
    char byte;
    close(begin[1]);
    if (read(begin[0], &byte, 1) < 0) _exit(3);
    dup2(open("/dev/null", O_WRONLY), 1);
    execve(files[i % count], no_arguments, environ);
    _exit(errno == EPERM ? 100 : 101);
  }
  close(begin[1]);
  int ran = 0, denied = 0, status;
  while (wait(&status) > 0) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) ++ran;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 100) ++denied;
  }
  printf("%d ran, %d denied\n", ran, denied);
  return 0;
}

int main(int count, char** arguments) {
  if (count < 3) return 2;
  const char* way = arguments[1];
  char* file = arguments[2];
  if (strcmp(way, "map") == 0) return keep_map(file);
  if (strcmp(way, "memory") == 0) return from_memory(file);
  if (strcmp(way, "descriptor") == 0) return by_descriptor(file);
  if (strcmp(way, "load") == 0) return load(file);
  if (strcmp(way, "ask") == 0) return ask(file);
  if (strcmp(way, "thread") == 0) return from_thread(file);
  if (strcmp(way, "spin") == 0 && count == 4) return spin(file, arguments[3]);
  if (strcmp(way, "many") == 0 && count > 3) return many(atoi(file), count - 3, arguments + 3);
  return 2;
}
