// SPDX-License-Identifier: Apache-2.0

#include <dlfcn.h>

void *load(void);

void *load(void) {
  return dlopen("libplugin.so", RTLD_NOW);  // expect: PMS407
}
