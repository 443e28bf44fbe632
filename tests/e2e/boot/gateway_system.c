// SPDX-License-Identifier: Apache-2.0
//
// The first program of the system in which the sample gateway runs under QEMU: brings up the network, starts the heat meter that
// the gateway polls, and the gateway through proofmark-exec, and reports success when both still run after a while. What a
// service manager would do, and nothing more.
#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kCompressed = 4, kTrialSeconds = 2 };  // MODULE_INIT_COMPRESSED_FILE of linux/module.h

static const char* const kModules[] = {"/lib/modules/failover.ko.xz", "/lib/modules/net_failover.ko.xz",
                                       "/lib/modules/virtio_net.ko.xz"};

static bool load_modules(void) {
  for (size_t i = 0; i < sizeof kModules / sizeof kModules[0]; ++i) {
    const int module = open(kModules[i], O_RDONLY | O_CLOEXEC);
    if (module < 0 || syscall(SYS_finit_module, module, "", kCompressed) != 0) {
      perror(kModules[i]);
      return false;
    }
    close(module);
  }
  return true;
}

// Without an address: only up.
static bool raise_interface(const char* name, const char* address) {
  const int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  struct ifreq request = {0};
  strncpy(request.ifr_name, name, sizeof request.ifr_name - 1);
  bool good = control >= 0;
  if (good && address != NULL) {
    struct sockaddr_in place = {.sin_family = AF_INET};
    inet_pton(AF_INET, address, &place.sin_addr);
    memcpy(&request.ifr_addr, &place, sizeof place);
    good = ioctl(control, SIOCSIFADDR, &request) == 0;
  }
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  good = good && ioctl(control, SIOCSIFFLAGS, &request) == 0;
  if (!good) {
    perror(name);
  }
  close(control);
  return good;
}

static pid_t start(char* const arguments[]) {
  const pid_t child = fork();
  if (child == 0) {
    execv(arguments[0], arguments);
    perror(arguments[0]);
    _exit(127);
  }
  return child;
}

static bool still_runs(pid_t child) {
  return kill(child, 0) == 0 && waitpid(child, NULL, WNOHANG) == 0;
}

static bool commit(void) {
  int status = -1;
  waitpid(start((char* const[]){"/sbin/proofmark-state", "commit", NULL}), &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void run(void) {
  if (!load_modules() || !raise_interface("lo", NULL) || !raise_interface("eth0", "10.0.2.15")) {
    return;
  }
  const pid_t meter = start((char* const[]){"/bin/meter", "--port", "1502", NULL});
  const pid_t gateway = start((char* const[]){"/bin/proofmark-exec", "/bin/gateway", NULL});
  sleep(kTrialSeconds);
  if (!still_runs(meter) || !still_runs(gateway) || !commit()) {
    return;
  }
  printf("system: the gateway runs, the system is committed\n");
  while (still_runs(meter) && still_runs(gateway)) {
    sleep(1);
  }
}

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  run();
  printf("system: ends\n");
  sync();
  reboot(RB_POWER_OFF);
  return 1;
}
