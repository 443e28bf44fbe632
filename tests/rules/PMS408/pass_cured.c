// SPDX-License-Identifier: Apache-2.0

#include <spawn.h>
#include <stddef.h>
#include <sys/wait.h>

int ping(char *host);

int ping(char *host) {
  char program[] = "ping", count[] = "-c", one[] = "1", end[] = "--";
  char *const words[] = {program, count, one, end, host, NULL};
  char *const environment[] = {NULL};
  pid_t child = 0;
  int status = 0;
  if (posix_spawn(&child, "/bin/ping", NULL, NULL, words, environment) != 0) return -1;
  return waitpid(child, &status, 0) == child ? status : -1;
}
