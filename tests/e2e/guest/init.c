// SPDX-License-Identifier: Apache-2.0
//
// PID 1 of a test guest: mounts what programs need, runs /test, says how it ended, powers off.
#include <stdio.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  mkdir("/proc", 0755), mkdir("/sys", 0755), mkdir("/dev", 0755), mkdir("/mnt", 0755), mkdir("/tmp", 0777);
  mount("proc", "/proc", "proc", 0, NULL);
  mount("sysfs", "/sys", "sysfs", 0, NULL);
  mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
  int status = -1;
  const pid_t child = fork();
  if (child == 0) {
    execl("/test", "/test", (char*)NULL);
    _exit(127);
  }
  waitpid(child, &status, 0);
  printf("guest: exit %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  fflush(stdout);
  sync();
  reboot(RB_POWER_OFF);
  return 0;
}
