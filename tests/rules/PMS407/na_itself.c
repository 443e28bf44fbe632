// SPDX-License-Identifier: Apache-2.0

#include <dlfcn.h>
#include <stddef.h>

void *load(void);

void *load(void) { return dlopen(NULL, RTLD_NOW); }
