// SPDX-License-Identifier: Apache-2.0

#include <fcntl.h>

int look(const char *file);

int look(const char *file) { return open(file, O_RDONLY); }
