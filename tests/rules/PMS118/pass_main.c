// SPDX-License-Identifier: Apache-2.0

#include <fcntl.h>
#include <unistd.h>

int main(int count, char **words) {
  int file = open(count > 1 ? words[1] : "/dev/null", O_RDONLY | O_CLOEXEC);
  char byte = 0;
  if (file < 0 || read(file, &byte, 1) != 1) return 1;
  return byte;
}
