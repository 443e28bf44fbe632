// SPDX-License-Identifier: Apache-2.0
//
// In the guest: puts a certificate on the keyring of IMA, then writes a policy. usage: load_ima CERTIFICATE.der POLICY
#include <fcntl.h>
#include <linux/keyctl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static char buffer[4096];

static long read_file(const char* path) {
  const int fd = open(path, O_RDONLY);
  const long size = fd < 0 ? -1 : read(fd, buffer, sizeof buffer);
  close(fd);
  return size;
}

int main(int count, char** arguments) {
  if (count != 3) return 2;
  long size = read_file(arguments[1]);
  const long keyring = syscall(SYS_add_key, "keyring", "_ima", NULL, 0, KEY_SPEC_USER_KEYRING);
  if (size <= 0 || keyring < 0 || syscall(SYS_add_key, "asymmetric", "", buffer, size, keyring) < 0) {
    perror("key");
    return 1;
  }
  size = read_file(arguments[2]);
  const int policy = open("/sys/kernel/security/ima/policy", O_WRONLY);
  for (long done = 0, taken = 0; done < size; done += taken) {  // the kernel takes a line at a time
    taken = write(policy, buffer + done, (size_t)(size - done));
    if (taken <= 0) {
      perror("policy");
      return 1;
    }
  }
  if (close(policy) != 0) return 1;
  puts("policy: loaded");
  return 0;
}
