// SPDX-License-Identifier: Apache-2.0
//
// The first program of the systems that the TPM tests start: says what the TPM holds and what the event log says, each as one
// line of hexadecimal digits, and powers the machine off.
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

static void print_text(const char* what, const char* path) {
  char text[128] = "";
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  const ssize_t size = file < 0 ? 0 : read(file, text, sizeof text - 1);
  text[size < 0 ? 0 : size] = '\0';
  text[strcspn(text, "\n")] = '\0';
  printf("guest: %s %s\n", what, text);
  if (file >= 0) {
    close(file);
  }
}

static void print_bytes(const char* what, const char* path) {
  unsigned char bytes[4096];
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  const ssize_t size = file < 0 ? 0 : read(file, bytes, sizeof bytes);
  printf("guest: %s ", what);
  for (ssize_t i = 0; i < size; ++i) {
    printf("%02x", bytes[i]);
  }
  printf("\n");
  if (file >= 0) {
    close(file);
  }
}

int main(void) {
  print_text("system", "/etc/system");
  print_text("pcr", "/sys/class/tpm/tpm0/pcr-sha256/12");
  print_bytes("eventlog", "/run/proofmark/eventlog");
  fflush(NULL);
  sync();
  reboot(RB_POWER_OFF);
  return 1;
}
