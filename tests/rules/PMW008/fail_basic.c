// SPDX-License-Identifier: Apache-2.0

static counter = 3;  // expect: PMW008

int use(void);

int use(void) { return counter; }
