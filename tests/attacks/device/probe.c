// SPDX-License-Identifier: Apache-2.0
//
// Says what proofmark-exec handed on: arguments, environment, open descriptors above 2, whether privileges can still be
// gained, what the kernel says about signals, capabilities and filters, limits, personality, and how the file that runs is
// sealed. Ends with 42, so that its exit code is recognised.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>

extern char** environ;

static void show_status(void) {
  static const char* const shown[] = {
      "Umask:", "SigBlk:", "SigIgn:", "CapInh:", "CapPrm:", "CapEff:", "CapBnd:", "CapAmb:", "Seccomp:"};
  FILE* status = fopen("/proc/self/status", "r");
  if (status == NULL) return;
  char line[256];
  while (fgets(line, sizeof line, status) != NULL) {
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; ++i) {
      if (strncmp(line, shown[i], strlen(shown[i])) == 0) fputs(line, stdout);
    }
  }
  fclose(status);
}

static void show_limit(const char* name, __rlimit_resource_t resource) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) == 0)
    printf("limit %s %lld %lld\n", name, (long long)limit.rlim_cur, (long long)limit.rlim_max);
}

int main(int count, char** arguments) {
  for (int i = 0; i < count; ++i) printf("argument %s\n", arguments[i]);
  for (char** entry = environ; *entry != NULL; ++entry) printf("environment %s\n", *entry);
  for (int descriptor = 3; descriptor < 64; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) >= 0) printf("descriptor %d\n", descriptor);
  }
  printf("no-new-privileges %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
  printf("personality %x\n", (unsigned)personality(0xffffffff));
  show_limit("core", RLIMIT_CORE);
  show_limit("stack", RLIMIT_STACK);
  printf("seals %x\n", (unsigned)fcntl(open("/proc/self/exe", O_RDONLY | O_CLOEXEC), F_GET_SEALS));
  show_status();
  return 42;
}
