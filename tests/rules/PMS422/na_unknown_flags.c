// SPDX-License-Identifier: Apache-2.0

#include <dlfcn.h>

void *load(int flags);

void *load(int flags) { return dlopen("/usr/lib/gateway/libplugin.so", flags); }
