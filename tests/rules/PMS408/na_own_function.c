// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>

static int system(const char *name) { return name != NULL; }

int start(void);

int start(void) { return system("gateway"); }
