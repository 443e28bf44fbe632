// SPDX-License-Identifier: Apache-2.0
// flags: -Wno-prio-ctor-dtor
static int ready;

__attribute__((constructor(50))) static void prepare(void) { ready = 1; }  // expect: PMS421

int is_ready(void);

int is_ready(void) { return ready; }
