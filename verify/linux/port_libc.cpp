// SPDX-License-Identifier: Apache-2.0
//
// port.h for programs that have a libc.
#include <proofmark/port.h>
#include <sys/auxv.h>

uint64_t pm_port_hwcap() {
  return getauxval(AT_HWCAP);
}
