// SPDX-License-Identifier: Apache-2.0

#include <dlfcn.h>

void *load(const char *name);

void *load(const char *name) {
  return dlopen(name, RTLD_NOW);  // expect: PMS407
}
