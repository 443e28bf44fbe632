// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

enum { kHostSize = 64 };

int read_host(const char *line, char host[kHostSize]);

int read_host(const char *line, char host[kHostSize]) { return sscanf(line, "host=%63s", host); }
