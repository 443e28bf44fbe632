// SPDX-License-Identifier: Apache-2.0

#include <fcntl.h>
#include <sys/stat.h>

int make(const char *file, const char *folder);

int make(const char *file, const char *folder) {
  const mode_t everybody = S_IRWXU | S_IRWXG | S_IRWXO;
  if (mkdir(folder, everybody) != 0) return -1;  // expect: PMS431
  return open(file, O_WRONLY | O_CREAT, 0666);  // expect: PMS431
}
