// SPDX-License-Identifier: Apache-2.0
//
// The SHA-256 context that mbedTLS uses in the minimal build: room for ours (sha256_alt.cpp). One SHA-256 in the program
// instead of two saves a kilobyte of the device's 64.
#ifndef PROOFMARK_SHA256_ALT_H
#define PROOFMARK_SHA256_ALT_H

#include <stdint.h>

typedef struct mbedtls_sha256_context {
  uint64_t storage[14];
} mbedtls_sha256_context;

#endif
