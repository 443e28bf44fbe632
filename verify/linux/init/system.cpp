// SPDX-License-Identifier: Apache-2.0
//
// See system.h. Structures and numbers come from the kernel's own headers.
#include "system.h"

#include <asm/fcntl.h>
#include <asm/unistd.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <linux/reboot.h>
#include <linux/stat.h>
#include <linux/time_types.h>

#include "arch.h"

namespace proofmark::linux_init {

using linux_exec::system_call;

namespace {

long as_long(const void* pointer) {
  return reinterpret_cast<long>(pointer);
}

}  // namespace

long process_id() {
  return system_call(__NR_getpid);
}

void sleep_ms(unsigned milliseconds) {
  __kernel_timespec time = {milliseconds / 1000, (milliseconds % 1000) * 1'000'000};
  system_call(__NR_nanosleep, as_long(&time), 0);
}

long make_directory(const char* path) {
  return system_call(__NR_mkdirat, AT_FDCWD, as_long(path), 0755);
}

long mount_at(const char* source, const char* target, const char* type, unsigned long flags) {
  return system_call(__NR_mount, as_long(source), as_long(target), as_long(type), static_cast<long>(flags));
}

long unmount_at(const char* target) {
  return system_call(__NR_umount2, as_long(target));
}

long move_mount(const char* from, const char* to) {
  return system_call(__NR_mount, as_long(from), as_long(to), 0, MS_MOVE);
}

// The steps of switch_root(8). The initramfs stays in memory, out of reach: nothing of it is worth the code to delete it.
long switch_root(const char* path) {
  long code = system_call(__NR_chdir, as_long(path));
  if (code == 0) code = move_mount(".", "/");
  if (code == 0) code = system_call(__NR_chroot, as_long("."));
  if (code == 0) code = system_call(__NR_chdir, as_long("/"));
  return code;
}

// O_NONBLOCK: a FIFO in the place of a file must not make us wait. O_NOFOLLOW for a name: the link itself is meant.
long open_beneath(int root, const char* path, Opening opening) {
  open_how how = {};
  how.flags = O_CLOEXEC | O_NOFOLLOW;
  if (opening == Opening::kDirectory) how.flags |= O_RDONLY | O_DIRECTORY;
  if (opening == Opening::kContent) how.flags |= O_RDONLY | O_NONBLOCK | O_NOCTTY;
  if (opening == Opening::kName) how.flags |= O_PATH;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV;
  return system_call(__NR_openat2, root, as_long(path), as_long(&how), sizeof how);
}

long open_to_write(const char* path) {
  return system_call(__NR_openat, AT_FDCWD, as_long(path), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
}

long open_to_change(const char* path) {
  return system_call(__NR_openat, AT_FDCWD, as_long(path), O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
}

long lock_file(int descriptor) {
  return system_call(__NR_flock, descriptor, LOCK_EX);
}

long sync_file(int descriptor) {
  return system_call(__NR_fsync, descriptor);
}

void close_file(int descriptor) {
  system_call(__NR_close, descriptor);
}

long get_facts(int descriptor, FileFacts* facts) {
  struct statx found = {};
  const long code = system_call(__NR_statx, descriptor, as_long(""), AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW,
                                STATX_BASIC_STATS, as_long(&found));
  facts->type = found.stx_mode & S_IFMT;
  facts->mode = found.stx_mode & 07777u;
  facts->uid = found.stx_uid;
  facts->gid = found.stx_gid;
  facts->major = found.stx_rdev_major;
  facts->minor = found.stx_rdev_minor;
  facts->size = found.stx_size;
  return code;
}

long read_directory(int descriptor, void* buffer, size_t size) {
  return system_call(__NR_getdents64, descriptor, as_long(buffer), static_cast<long>(size));
}

long read_link(int descriptor, char* target, size_t size) {
  return system_call(__NR_readlinkat, descriptor, as_long(""), as_long(target), static_cast<long>(size));
}

long read_capability(int descriptor, void* value, size_t size) {
  return system_call(__NR_fgetxattr, descriptor, as_long("security.capability"), as_long(value),
                     static_cast<long>(size));
}

void take_console() {
  const long console = system_call(__NR_openat, AT_FDCWD, as_long("/dev/console"), O_RDWR | O_NOCTTY);
  if (console < 0) return;
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (console != descriptor) system_call(__NR_dup3, console, descriptor, 0);
  }
  if (console > 2) system_call(__NR_close, console);
}

// The file systems are read-only or have been synced by whoever wrote. A kernel that cannot do what is asked is left
// standing still: the first process must not return.
void end_system(Ending ending) {
  const unsigned command = ending == Ending::kReboot     ? LINUX_REBOOT_CMD_RESTART
                           : ending == Ending::kPowerOff ? LINUX_REBOOT_CMD_POWER_OFF
                                                         : LINUX_REBOOT_CMD_HALT;
  system_call(__NR_reboot, static_cast<long>(LINUX_REBOOT_MAGIC1), LINUX_REBOOT_MAGIC2, static_cast<long>(command));
  for (;;) sleep_ms(1000);
}

}  // namespace proofmark::linux_init
