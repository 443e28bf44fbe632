// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

void show(const char *name, int value);

void show(const char *name, int value) { printf("%s: %d", name, value); }
