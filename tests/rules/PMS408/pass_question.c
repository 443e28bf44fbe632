// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

int has_shell(void);

int has_shell(void) { return system(NULL); }
