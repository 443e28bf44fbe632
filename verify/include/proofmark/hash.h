// SPDX-License-Identifier: Apache-2.0
//
// The hashing of the verifier for programs around it: SHA-256 with the instructions that the CPU has for it. Tools that make
// what the verifier checks are limited by the speed of this function, and there is no need to have it twice.
#ifndef PROOFMARK_HASH_H
#define PROOFMARK_HASH_H

#include <proofmark/format.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// One implementation. Static; never NULL where a function returns it.
struct pm_hash_kernel;

// The fastest one on this CPU. Asks the CPU each time, which is slow in a virtual machine: call it once per program.
const struct pm_hash_kernel* pm_choose_hash_kernel(void);

// The one that runs on every CPU.
const struct pm_hash_kernel* pm_portable_hash_kernel(void);

// "portable", "sha-ni", "armv8-ce".
const char* pm_hash_kernel_name(const struct pm_hash_kernel* kernel);

// SHA-256 of `count` blocks of PM_BLOCK_SIZE bytes, each by itself; PM_DIGEST_SIZE bytes each go to `digests`. Faster than the
// same bytes in one stream, because blocks that do not depend on each other are hashed side by side.
void pm_hash_blocks(const struct pm_hash_kernel* kernel, const uint8_t* blocks, size_t count, uint8_t* digests);

// A SHA-256 of a stream. Only for the functions below.
struct pm_sha256 {
  const struct pm_hash_kernel* kernel;
  uint32_t state[8];
  uint64_t length;
  uint8_t pending[64];
};

void pm_sha256_start(struct pm_sha256* hash, const struct pm_hash_kernel* kernel);
void pm_sha256_update(struct pm_sha256* hash, const void* data, size_t size);
// `hash` is spent afterwards.
void pm_sha256_finish(struct pm_sha256* hash, uint8_t digest[PM_DIGEST_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
