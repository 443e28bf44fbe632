// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

static int prepare(void) { return 0; }

int main(void) { return prepare() == 0 ? EXIT_SUCCESS : EXIT_FAILURE; }
