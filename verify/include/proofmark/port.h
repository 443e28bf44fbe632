// SPDX-License-Identifier: Apache-2.0
//
// What the verifier library asks of the program that links it, besides memcpy, memmove, memset, memcmp and the stack
// protector's symbols. verify/linux has an implementation for programs without a libc, port_libc.cpp one for all others.
#ifndef PROOFMARK_PORT_H
#define PROOFMARK_PORT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The hardware capabilities that the kernel reports (AT_HWCAP of the auxiliary vector); 0 when unknown, which costs speed
// and nothing else. Only asked for on arm64: there a CPU can't be asked by a program itself.
uint64_t pm_port_hwcap(void);

#ifdef __cplusplus
}
#endif

#endif
