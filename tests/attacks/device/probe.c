// SPDX-License-Identifier: Apache-2.0
//
// Says what proofmark-exec handed on: arguments, environment, open descriptors above 2, and whether privileges can still
// be gained. Ends with 42, so that its exit code is recognised.
#include <fcntl.h>
#include <stdio.h>
#include <sys/prctl.h>

extern char** environ;

int main(int count, char** arguments) {
  for (int i = 0; i < count; ++i) printf("argument %s\n", arguments[i]);
  for (char** entry = environ; *entry != NULL; ++entry) printf("environment %s\n", *entry);
  for (int descriptor = 3; descriptor < 64; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) >= 0) printf("descriptor %d\n", descriptor);
  }
  printf("no-new-privileges %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
  return 42;
}
