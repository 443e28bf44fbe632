// SPDX-License-Identifier: Apache-2.0
//
// What proofmark-init is compared with: mounts the same, switches to the root file system of the first slot and starts its
// first program, and checks nothing.
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void move(const char* from, const char* to) {
  if (mount(from, to, NULL, MS_MOVE, NULL) != 0) {
    perror(to);
  }
}

int main(void) {
  mkdir("/proc", 0755), mkdir("/sys", 0755), mkdir("/dev", 0755), mkdir("/medium", 0755);
  mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
  mount("sysfs", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
  mount("devtmpfs", "/dev", "devtmpfs", MS_NOSUID, NULL);
  const struct timespec pause = {.tv_sec = 0, .tv_nsec = 20000000};
  while (access("/dev/nvme0n1p1", F_OK) != 0) {
    nanosleep(&pause, NULL);
  }
  if (mount("/dev/nvme0n1p1", "/medium", "ext4", MS_NODEV | MS_RDONLY, NULL) != 0) {
    perror("/medium");
  }
  move("/proc", "/medium/proc");
  move("/sys", "/medium/sys");
  move("/dev", "/medium/dev");
  if (chdir("/medium") != 0 || mount(".", "/", NULL, MS_MOVE, NULL) != 0 || chroot(".") != 0 || chdir("/") != 0) {
    perror("switch root");
  }
  execl("/sbin/init", "/sbin/init", (char*)NULL);
  perror("/sbin/init");
  return 1;
}
