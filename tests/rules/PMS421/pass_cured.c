// SPDX-License-Identifier: Apache-2.0

static int ready;

__attribute__((constructor(101))) static void prepare(void) { ready = 1; }

int is_ready(void);

int is_ready(void) { return ready; }
