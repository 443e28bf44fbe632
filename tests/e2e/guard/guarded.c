// SPDX-License-Identifier: Apache-2.0
//
// The first process of a guest that is guarded: what the build machine's kernel lacks (fs-verity), and what a test should not
// do to the build machine (a short queue of questions for all of it). The disk has the guard and what it is asked about.
#include <errno.h>
#include <fcntl.h>
#include <linux/fsverity.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { kMost = 100 };

static double now_us(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

// 0: it ran and ended well; else the error with which it did not start.
static int execute(const char* file) {
  const pid_t child = fork();
  if (child == 0) {
    dup2(open("/dev/null", O_WRONLY), 1);
    execl(file, file, (char*)NULL);
    _exit(errno);
  }
  int status = -1;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

static void tell(const char* name) {
  char path[64];
  snprintf(path, sizeof path, "/mnt/%s", name);
  const int code = execute(path);
  printf("guest: %s: %s\n", name, code == 0 ? "ran" : strerror(code));
}

static int compare(const void* left, const void* right) {
  const double difference = *(const double*)left - *(const double*)right;
  return difference < 0 ? -1 : difference > 0;
}

static void measure(const char* what, const char* name) {
  static double times[kMost];
  char path[64];
  snprintf(path, sizeof path, "/mnt/%s", name);
  for (int i = 0; i < kMost; ++i) {
    const double begin = now_us();
    const int code = execute(path);
    if (code != 0) printf("guest: %s failed: %s\n", path, strerror(code));
    times[i] = now_us() - begin;
  }
  qsort(times, kMost, sizeof times[0], compare);
  printf("guest: time %s %s %.0f us\n", what, name, times[kMost / 2]);
}

static void enable_verity(const char* path) {
  const struct fsverity_enable_arg argument = {
      .version = 1, .hash_algorithm = FS_VERITY_HASH_ALG_SHA256, .block_size = 4096};
  const int file = open(path, O_RDONLY);
  if (ioctl(file, FS_IOC_ENABLE_VERITY, &argument) != 0)
    printf("guest: no fs-verity on %s: %s\n", path, strerror(errno));
  close(file);
}

static void write_text(const char* path, const char* text) {
  const int file = open(path, O_WRONLY);
  if (file < 0 || write(file, text, strlen(text)) < 0) printf("guest: cannot write %s\n", path);
  close(file);
}

static pid_t start_guard(const char* program) {
  unlink("/log");
  const pid_t guard = fork();
  if (guard == 0) {
    execl(program, program, "--mount", "/mnt", "--log", "/log", "--verbose", (char*)NULL);
    _exit(errno);
  }
  struct stat status;
  for (int i = 0; i < 500 && (stat("/log", &status) != 0 || status.st_size == 0); ++i) usleep(10000);
  return guard;
}

static void copy(const char* from, const char* to) {
  static char bytes[2 << 20];
  const int source = open(from, O_RDONLY), target = open(to, O_WRONLY | O_CREAT, 0755);
  const ssize_t size = read(source, bytes, sizeof bytes);
  if (size <= 0 || write(target, bytes, (size_t)size) != size) printf("guest: copy failed: %s\n", from);
  close(source), close(target);
}

// Kills the children of a process, one after the other, as they are replaced.
static void kill_children(pid_t parent, int count) {
  char path[64], text[64];
  snprintf(path, sizeof path, "/proc/%d/task/%d/children", parent, parent);
  for (int killed = 0, last = 0; killed < count; usleep(1000)) {
    const int file = open(path, O_RDONLY);
    const ssize_t size = read(file, text, sizeof text - 1);
    close(file);
    text[size > 0 ? size : 0] = '\0';
    const int child = atoi(text);
    if (child <= 0 || child == last) continue;
    kill(child, SIGKILL);
    last = child;
    ++killed;
  }
}

static void print_log(void) {
  static char text[1 << 16];
  const int file = open("/log", O_RDONLY);
  const ssize_t size = read(file, text, sizeof text);
  if (size > 0) fwrite(text, 1, (size_t)size, stdout);
  close(file);
}

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  mkdir("/proc", 0755), mkdir("/dev", 0755), mkdir("/mnt", 0755);
  mount("proc", "/proc", "proc", 0, NULL);
  mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
  for (int i = 0; i < 200 && mount("/dev/nvme0n1p1", "/mnt", "ext4", 0, NULL) != 0; ++i) usleep(20000);
  enable_verity("/mnt/guarded-small");
  enable_verity("/mnt/guarded-large");
  enable_verity("/mnt/guarded-bad");
  measure("plain", "small"), measure("plain", "large");
  measure("plain", "guarded-small"), measure("plain", "guarded-large");

  copy("/mnt/execs", "/execs");
  pid_t guard = start_guard("/mnt/guard");
  tell("small"), tell("bad"), tell("guarded-small"), tell("guarded-bad");
  print_log();
  measure("guarded", "small"), measure("guarded", "large");
  measure("guarded", "guarded-small"), measure("guarded", "guarded-large");

  // A queue for one question, by the kernel's measure, and 64 at once.
  write_text("/proc/sys/fs/fanotify/max_queued_events", "1");
  kill(guard, SIGTERM), waitpid(guard, NULL, 0);
  guard = start_guard("/mnt/guard");
  fflush(stdout);
  const pid_t many = fork();
  if (many == 0) {
    // Itself unsigned, and so on another file system.
    execl("/execs", "execs", "many", "64", "/mnt/small", "/mnt/bad", (char*)NULL);
    _exit(errno);
  }
  waitpid(many, NULL, 0);
  kill(guard, SIGTERM), waitpid(guard, NULL, 0);

  guard = start_guard("/mnt/guard-reboot");
  puts("guest: workers end");
  kill_children(guard, 16);
  sleep(5);
  puts("guest: goes on");
  sync();
  reboot(RB_POWER_OFF);
  return 0;
}
