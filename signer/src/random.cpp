// SPDX-License-Identifier: Apache-2.0
//
// One CTR-DRBG for the process, seeded from the operating system on first use.
#include "random.h"

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>

namespace proofmark::sign {
namespace {

class Generator {
 public:
  Generator() {
    mbedtls_entropy_init(&entropy_);
    mbedtls_ctr_drbg_init(&drbg_);
    status_ = mbedtls_ctr_drbg_seed(&drbg_, mbedtls_entropy_func, &entropy_, nullptr, 0);
  }
  ~Generator() {
    mbedtls_ctr_drbg_free(&drbg_);
    mbedtls_entropy_free(&entropy_);
  }
  Generator(const Generator&) = delete;
  Generator& operator=(const Generator&) = delete;
  // mbedTLS limits one request; larger ones are served in parts.
  int fill(unsigned char* out, std::size_t size) {
    for (int status = status_; size > 0;) {
      const std::size_t step = size < MBEDTLS_CTR_DRBG_MAX_REQUEST ? size : MBEDTLS_CTR_DRBG_MAX_REQUEST;
      if (status == 0) status = mbedtls_ctr_drbg_random(&drbg_, out, step);
      if (status != 0) return status;
      out += step;
      size -= step;
    }
    return 0;
  }

 private:
  mbedtls_entropy_context entropy_;
  mbedtls_ctr_drbg_context drbg_;
  int status_;
};

}  // namespace

int random_bytes(void*, unsigned char* out, std::size_t size) {
  static Generator generator;
  return generator.fill(out, size);
}

}  // namespace proofmark::sign
