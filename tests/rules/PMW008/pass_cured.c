// SPDX-License-Identifier: Apache-2.0

static int counter = 3;

int use(void);

int use(void) { return counter; }
