// SPDX-License-Identifier: Apache-2.0
//
// A buffer of known size filled from the environment: FORTIFY and the stack protector must both show up.
#include <stdio.h>
#include <string.h>

int main(int argc, char** argv) {
  char name[4096];
  strcpy(name, argv[0]);
  return printf("%s:%d in %s\n", name, argc, __FILE__) > 0 ? 0 : 1;
}
