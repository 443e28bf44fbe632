// SPDX-License-Identifier: Apache-2.0
//
// Defined in another unit of the project, because older C libraries have none.
#include <stddef.h>

size_t strlcpy(char *to, const char *from, size_t size);

char line[16];
void receive(const char *text);

void receive(const char *text) {
  (void)strlcpy(line, text, sizeof line);
}
