// SPDX-License-Identifier: Apache-2.0
//
// See tpm_device.h. Structures and numbers come from the kernel's own headers.
#include "tpm_device.h"

#include <asm/fcntl.h>
#include <asm/poll.h>
#include <asm/unistd.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/time_types.h>

#include "arch.h"

namespace proofmark::linux_init {

using linux_exec::system_call;

namespace {

long as_long(const void* pointer) {
  return reinterpret_cast<long>(pointer);
}

// 1 when there is an answer.
long wait_for_answer(int descriptor, unsigned timeout_ms) {
  pollfd wanted = {descriptor, POLLIN, 0};
  __kernel_timespec time = {timeout_ms / 1000, (timeout_ms % 1000) * 1'000'000};
  const long code = system_call(__NR_ppoll, as_long(&wanted), 1, as_long(&time), 0);
  return code == 0 ? -ETIMEDOUT : code;
}

}  // namespace

// O_NONBLOCK: the kernel works on the command in a thread of its own (Linux 4.20), so that the wait is ours to end.
long open_tpm(const char* path) {
  return system_call(__NR_openat, AT_FDCWD, as_long(path), O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
}

long exchange(int descriptor, const uint8_t* command, size_t size, uint8_t* answer, size_t room, unsigned timeout_ms) {
  const long written = system_call(__NR_write, descriptor, as_long(command), static_cast<long>(size));
  if (written < 0) return written;
  if (static_cast<size_t>(written) != size) return -EIO;
  const long code = wait_for_answer(descriptor, timeout_ms);
  if (code < 0) return code;
  return system_call(__NR_read, descriptor, as_long(answer), static_cast<long>(room));
}

}  // namespace proofmark::linux_init
