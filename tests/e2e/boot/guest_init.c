// SPDX-License-Identifier: Apache-2.0
//
// The first program of the systems that the boot tests start: says that it runs and what it was given, calls
// proofmark-state as the kernel's command line says (guest=commit,show), and powers the machine off. The call "always"
// repeats the others until somebody cuts the power.
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void print_file(const char* what, const char* path) {
  char text[128] = "";
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  const ssize_t size = file < 0 ? 0 : read(file, text, sizeof text - 1);
  if (file >= 0) {
    close(file);
  }
  text[size < 0 ? 0 : size] = '\0';
  text[strcspn(text, "\n")] = '\0';
  printf("guest: %s %s\n", what, text);
}

static int count_descriptors(void) {
  int count = 0;
  for (int i = 0; i < 64; ++i) {
    count += fcntl(i, F_GETFD) >= 0;
  }
  return count;
}

static bool is_console(int descriptor) {
  char path[32];
  char target[32] = "";
  snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
  return readlink(path, target, sizeof target - 1) > 0 && strcmp(target, "/dev/console") == 0;
}

// "try-1" is proofmark-state try 1.
static void call_state(char* verb) {
  char* slot = strchr(verb, '-');
  if (slot != NULL) {
    *slot++ = '\0';
  }
  int status = 0;
  const pid_t child = fork();
  if (child == 0) {
    execl("/sbin/proofmark-state", "proofmark-state", verb, slot, (char*)NULL);
    _exit(127);
  }
  waitpid(child, &status, 0);
  printf("guest: %s ended with %d\n", verb, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

// Returns true when it is to be done again.
static bool run_calls(void) {
  char text[1024] = "";
  bool again = false;
  const int file = open("/proc/cmdline", O_RDONLY | O_CLOEXEC);
  const ssize_t size = read(file, text, sizeof text - 1);
  text[size < 0 ? 0 : size] = '\0';
  close(file);
  text[strcspn(text, "\n")] = '\0';
  char* calls = strstr(text, "guest=");
  if (calls == NULL) {
    return false;
  }
  calls += strlen("guest=");
  calls[strcspn(calls, " ")] = '\0';
  char* rest = NULL;
  for (char* verb = strtok_r(calls, ",", &rest); verb != NULL; verb = strtok_r(NULL, ",", &rest)) {
    if (strcmp(verb, "always") == 0) {
      again = true;
    } else {
      call_state(verb);
    }
  }
  return again;
}

int main(int argument_count, char** arguments, char** environment) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  struct timespec now;
  clock_gettime(CLOCK_BOOTTIME, &now);
  printf("guest: runs since %ld ms\n", (long)now.tv_sec * 1000 + now.tv_nsec / 1000000);
  const bool all = is_console(0) && is_console(1) && is_console(2);
  printf("guest: %s is process %d, %d arguments, %d descriptors, %s /dev/console\n", arguments[0], (int)getpid(),
         argument_count, count_descriptors(), all ? "all" : "not all");
  for (; *environment != NULL; ++environment) {
    printf("guest: environment %s\n", *environment);
  }
  print_file("system", "/etc/system");
  while (run_calls()) {
  }
  fflush(NULL);
  sync();
  reboot(RB_POWER_OFF);
  return 1;
}
