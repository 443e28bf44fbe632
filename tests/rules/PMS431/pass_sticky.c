// SPDX-License-Identifier: Apache-2.0

#include <sys/stat.h>

int make(const char *folder);

int make(const char *folder) { return mkdir(folder, 01777); }
