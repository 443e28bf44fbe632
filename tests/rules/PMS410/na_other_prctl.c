// SPDX-License-Identifier: Apache-2.0

#include <sys/prctl.h>

void name_thread(void);

void name_thread(void) { prctl(PR_SET_NAME, "gateway", 0, 0, 0); }
