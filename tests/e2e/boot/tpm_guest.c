// SPDX-License-Identifier: Apache-2.0
//
// The first program of the systems that the TPM tests start: says what the TPM holds and what the event log says, each as one
// line of hexadecimal digits, reports success where a record is kept, tries to set the rollback counter in the TPM back, and
// powers the machine off.
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/wait.h>
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

static void commit(void) {
  const pid_t child = fork();
  if (child == 0) {
    execl("/sbin/proofmark-state", "proofmark-state", "commit", (char*)NULL);
    _exit(127);
  }
  waitpid(child, NULL, 0);
}

// TPM2_NV_Write of eight zeros to index 0x01500200, with its empty password.
static void set_back(void) {
  static const unsigned char kCommand[] = {0x80, 0x02, 0,    0, 0, 43, 0, 0,    1, 0x37, 0x01, 0x50, 0x02, 0x00, 0x01,
                                           0x50, 0x02, 0x00, 0, 0, 0,  9, 0x40, 0, 0,    9,    0,    0,    0,    0,
                                           0,    0,    8,    0, 0, 0,  0, 0,    0, 0,    0,    0,    0};
  unsigned char answer[64];
  const int tpm = open("/dev/tpmrm0", O_RDWR | O_CLOEXEC);
  const bool sent = tpm >= 0 && write(tpm, kCommand, sizeof kCommand) == (ssize_t)sizeof kCommand;
  const ssize_t size = sent ? read(tpm, answer, sizeof answer) : 0;
  printf("guest: set back %02x%02x\n", size < 10 ? 0xff : answer[8], size < 10 ? 0xff : answer[9]);
  if (tpm >= 0) {
    close(tpm);
  }
}

int main(void) {
  print_text("system", "/etc/system");
  print_text("pcr", "/sys/class/tpm/tpm0/pcr-sha256/12");
  print_bytes("eventlog", "/run/proofmark/eventlog");
  fflush(NULL);
  commit();
  set_back();
  fflush(NULL);
  sync();
  reboot(RB_POWER_OFF);
  return 1;
}
