// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 for mbedTLS, which needs a few blocks of it for PSS: our own, on the portable kernel, because asking the CPU
// costs more than that hashing takes.
#include <mbedtls/sha256.h>

#include "../src/sha256.h"

namespace {

using proofmark::verify::Sha256;

static_assert(sizeof(Sha256) <= sizeof(mbedtls_sha256_context), "the context has room");
static_assert(alignof(Sha256) <= alignof(mbedtls_sha256_context), "and is aligned");

Sha256* hash_of(mbedtls_sha256_context* context) {
  return reinterpret_cast<Sha256*>(context->storage);
}

}  // namespace

extern "C" {

void mbedtls_sha256_init(mbedtls_sha256_context* context) {
  *context = {};
}

void mbedtls_sha256_free(mbedtls_sha256_context* context) {
  if (context != nullptr) *context = {};
}

void mbedtls_sha256_clone(mbedtls_sha256_context* to, const mbedtls_sha256_context* from) {
  *to = *from;
}

int mbedtls_sha256_starts(mbedtls_sha256_context* context, int is_224) {
  if (is_224 != 0) return MBEDTLS_ERR_SHA256_BAD_INPUT_DATA;
  hash_of(context)->start(&proofmark::verify::kSha256Portable);
  return 0;
}

int mbedtls_sha256_update(mbedtls_sha256_context* context, const unsigned char* input, size_t size) {
  hash_of(context)->update(input, size);
  return 0;
}

int mbedtls_sha256_finish(mbedtls_sha256_context* context, unsigned char* output) {
  hash_of(context)->finish(output);
  return 0;
}

int mbedtls_internal_sha256_process(mbedtls_sha256_context*, const unsigned char*) {
  return MBEDTLS_ERR_SHA256_BAD_INPUT_DATA;  // declared by mbedTLS, called by nobody here
}

}  // extern "C"
