// SPDX-License-Identifier: Apache-2.0
//
// The C interface of the hashing; see hash.h.
#include <proofmark/hash.h>

#include "sha256.h"

using proofmark::verify::Sha256;
using proofmark::verify::Sha256Kernel;

namespace {

const Sha256Kernel* kernel_of(const pm_hash_kernel* kernel) {
  return reinterpret_cast<const Sha256Kernel*>(kernel);
}

const pm_hash_kernel* handle_of(const Sha256Kernel* kernel) {
  return reinterpret_cast<const pm_hash_kernel*>(kernel);
}

// The state is a Sha256 in memory that C can declare.
Sha256* state_of(pm_sha256* hash) {
  return reinterpret_cast<Sha256*>(hash);
}
static_assert(sizeof(Sha256) == sizeof(pm_sha256) && alignof(Sha256) == alignof(pm_sha256));
static_assert(__is_trivially_copyable(Sha256));

}  // namespace

const pm_hash_kernel* pm_choose_hash_kernel(void) {
  return handle_of(proofmark::verify::choose_sha256_kernel());
}

const pm_hash_kernel* pm_portable_hash_kernel(void) {
  return handle_of(&proofmark::verify::kSha256Portable);
}

const char* pm_hash_kernel_name(const pm_hash_kernel* kernel) {
  return kernel_of(kernel)->name;
}

void pm_hash_blocks(const pm_hash_kernel* kernel, const uint8_t* blocks, size_t count, uint8_t* digests) {
  proofmark::verify::hash_leaves(*kernel_of(kernel), blocks, count, digests);
}

void pm_sha256_start(pm_sha256* hash, const pm_hash_kernel* kernel) {
  state_of(hash)->start(kernel_of(kernel));
}

void pm_sha256_update(pm_sha256* hash, const void* data, size_t size) {
  state_of(hash)->update(static_cast<const uint8_t*>(data), size);
}

void pm_sha256_finish(pm_sha256* hash, uint8_t digest[PM_DIGEST_SIZE]) {
  state_of(hash)->finish(digest);
}
