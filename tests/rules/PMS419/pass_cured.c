// SPDX-License-Identifier: Apache-2.0

#include <sys/personality.h>

int start(void);

int start(void) { return personality(PER_LINUX); }
