// SPDX-License-Identifier: Apache-2.0
//
// The first program of the systems that the boot tests start: says that it runs and what it was given, and powers the
// machine off.
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
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

int main(int argument_count, char** arguments, char** environment) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  printf("guest: %s is process %d, %d arguments, %d descriptors\n", arguments[0], (int)getpid(), argument_count,
         count_descriptors());
  for (; *environment != NULL; ++environment) {
    printf("guest: environment %s\n", *environment);
  }
  print_file("system", "/etc/system");
  fflush(NULL);
  sync();
  reboot(RB_POWER_OFF);
  return 1;
}
