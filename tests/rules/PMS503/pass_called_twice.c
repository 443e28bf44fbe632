// SPDX-License-Identifier: Apache-2.0

int twice(int value);

static int add(int value) { return value + 1; }
static int step(int value) { return add(value); }

int twice(int value) { return step(add(value)); }
