// SPDX-License-Identifier: Apache-2.0
//
// Two programs for the fs-verity tests. As /init of an initramfs it enables fs-verity on every regular file of the partitions
// of /dev/nvme0n1, as an updater does after it has written a slot. As the first program of a system it reads the files in
// /lib and says what became of each, and what the kernel's log has of the check, with times in microseconds.
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/fsverity.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <unistd.h>

static int enabled;

static int enable(const char* path, const struct stat* status, int type, struct FTW* at) {
  (void)at;
  if (type != FTW_F || !S_ISREG(status->st_mode)) {
    return 0;
  }
  struct fsverity_enable_arg request = {.version = 1, .hash_algorithm = FS_VERITY_HASH_ALG_SHA256, .block_size = 4096};
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0 || (ioctl(file, FS_IOC_ENABLE_VERITY, &request) != 0 && errno != EEXIST)) {
    printf("guest: %s: %s\n", path, strerror(errno));
  } else {
    ++enabled;
  }
  if (file >= 0) {
    close(file);
  }
  return 0;
}

static void enable_everywhere(void) {
  mkdir("/dev", 0755);
  mkdir("/mnt", 0755);
  mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
  if (freopen("/dev/console", "w", stdout) == NULL) return;
  for (int wait = 0; wait < 100 && access("/dev/nvme0n1p1", F_OK) != 0; ++wait) {
    usleep(50000);
  }
  for (int i = 1; i <= 13; ++i) {
    char device[32];
    snprintf(device, sizeof device, "/dev/nvme0n1p%d", i);
    if (mount(device, "/mnt", "ext4", 0, NULL) == 0) {
      nftw("/mnt", enable, 16, FTW_PHYS | FTW_MOUNT);
      umount("/mnt");
    }
  }
  printf("guest: fs-verity on %d files\n", enabled);
}

static int read_all(const char* path, const struct stat* status, int type, struct FTW* at) {
  (void)status;
  (void)at;
  if (type != FTW_F) {
    return 0;
  }
  static char buffer[65536];
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t size = 0;
  do {
    size = read(file, buffer, sizeof buffer);
  } while (size > 0);
  printf("guest: %s: %s\n", path, size < 0 ? strerror(errno) : "read");
  close(file);
  return 0;
}

// Each read of /dev/kmsg gives one record: "level,number,microseconds,flags;text".
static void print_log(void) {
  char record[1024];
  const int log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  for (;;) {
    const ssize_t size = read(log, record, sizeof record - 1);
    if (size <= 0) {
      break;
    }
    record[size] = '\0';
    record[strcspn(record, "\n")] = '\0';
    if (strstr(record, "proofmark-init") != NULL || strstr(record, "mounted filesystem") != NULL) {
      printf("guest: log %s\n", record);
    }
  }
  close(log);
}

int main(int argument_count, char** arguments) {
  (void)argument_count;
  if (strcmp(arguments[0], "/init") == 0) {
    enable_everywhere();
  } else {
    print_log();
    nftw("/lib", read_all, 16, FTW_PHYS);
  }
  fflush(NULL);
  sync();
  reboot(RB_POWER_OFF);
  return 1;
}
