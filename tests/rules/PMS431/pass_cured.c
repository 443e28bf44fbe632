// SPDX-License-Identifier: Apache-2.0

#include <sys/stat.h>

int publish(const char *file);

int publish(const char *file) { return chmod(file, 0644); }
