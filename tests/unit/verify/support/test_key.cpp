// SPDX-License-Identifier: Apache-2.0
//
// See test_key.h. The random numbers are a fixed sequence, so that a failure can be repeated; such keys protect nothing.
#include "test_key.h"

#include <mbedtls/ecdsa.h>
#include <mbedtls/rsa.h>
#include <mbedtls/sha256.h>
#include <mbedtls/sha512.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "hss_signer.h"
#include "private_numbers.h"

namespace proofmark::verify_test {
namespace {

// xorshift64*, Marsaglia 2003 / Vigna 2016.
int fixed_random(void* context, unsigned char* out, size_t size) {
  auto* state = static_cast<uint64_t*>(context);
  for (size_t i = 0; i < size; ++i) {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    out[i] = static_cast<unsigned char>((*state * 0x2545F4914F6CDD1D) >> 56);
  }
  return 0;
}

void require(int code, const char* what) {
  if (code == 0) return;
  std::fprintf(stderr, "test key: %s failed: -0x%04x\n", what, static_cast<unsigned>(-code));
  std::abort();
}

struct KeyPair {
  bool made = false;
  uint64_t random = 0;
  pm_trust_key trusted = {};
  mbedtls_rsa_context rsa;
  mbedtls_ecdsa_context ecdsa;
};

KeyPair pairs[6];

struct Number {
  mbedtls_mpi value;
  explicit Number(const char* hexadecimal) {
    mbedtls_mpi_init(&value);
    require(mbedtls_mpi_read_string(&value, 16, hexadecimal), "mpi_read_string");
  }
  ~Number() { mbedtls_mpi_free(&value); }
  Number(const Number&) = delete;
  Number& operator=(const Number&) = delete;
};

void make_rsa(KeyPair* pair, const RsaPrimes& primes) {
  const Number p(primes.p);
  const Number q(primes.q);
  const Number e("10001");
  mbedtls_rsa_init(&pair->rsa);
  require(mbedtls_rsa_import(&pair->rsa, nullptr, &p.value, &q.value, nullptr, &e.value), "rsa_import");
  require(mbedtls_rsa_complete(&pair->rsa), "rsa_complete");
  require(mbedtls_rsa_set_padding(&pair->rsa, MBEDTLS_RSA_PKCS_V21, MBEDTLS_MD_SHA256), "rsa_set_padding");
  const size_t size = mbedtls_rsa_get_len(&pair->rsa);
  require(mbedtls_rsa_export_raw(&pair->rsa, pair->trusted.key, size, nullptr, 0, nullptr, 0, nullptr, 0,
                                 pair->trusted.key + size, 4),
          "rsa_export_raw");
  pair->trusted.algorithm = PM_PS256;
  pair->trusted.size = static_cast<uint32_t>(size + 4);
}

void make_ecdsa(KeyPair* pair, int32_t algorithm, const char* scalar) {
  const Number d(scalar);
  mbedtls_ecdsa_init(&pair->ecdsa);
  mbedtls_ecp_group* group = &pair->ecdsa.MBEDTLS_PRIVATE(grp);
  mbedtls_ecp_point* point = &pair->ecdsa.MBEDTLS_PRIVATE(Q);
  require(mbedtls_ecp_group_load(group, algorithm == PM_ES256 ? MBEDTLS_ECP_DP_SECP256R1 : MBEDTLS_ECP_DP_SECP384R1),
          "ecp_group_load");
  require(mbedtls_mpi_copy(&pair->ecdsa.MBEDTLS_PRIVATE(d), &d.value), "mpi_copy");
  require(mbedtls_ecp_mul(group, point, &d.value, &group->G, fixed_random, &pair->random), "ecp_mul");
  size_t size = 0;
  require(mbedtls_ecp_point_write_binary(group, point, MBEDTLS_ECP_PF_UNCOMPRESSED, &size, pair->trusted.key,
                                         sizeof pair->trusted.key),
          "ecp_point_write_binary");
  pair->trusted.algorithm = algorithm;
  pair->trusted.size = static_cast<uint32_t>(size);
}

// The smallest signatures there are: one level of height 5, hashes of 24 bytes, 8 bits per digit.
const HssSigner& hss_signer() {
  static const HssSigner signer({{10, 8}}, 0x70);
  return signer;
}

void make_hss(KeyPair* pair) {
  const std::vector<uint8_t> key = hss_signer().public_key();
  pair->trusted.algorithm = PM_HSS_LMS;
  pair->trusted.size = static_cast<uint32_t>(key.size());
  std::memcpy(pair->trusted.key, key.data(), key.size());
}

KeyPair* pair_of(KeyName name) {
  KeyPair* pair = &pairs[static_cast<unsigned>(name)];
  if (pair->made) return pair;
  pair->random = 0x9E3779B97F4A7C15 + static_cast<uint64_t>(name);
  switch (name) {
    case KeyName::kRsa3072:
      make_rsa(pair, kRsa3072Primes);
      break;
    case KeyName::kRsa4096:
      make_rsa(pair, kRsa4096Primes);
      break;
    case KeyName::kP256:
      make_ecdsa(pair, PM_ES256, kP256Scalar);
      break;
    case KeyName::kP256Other:
      make_ecdsa(pair, PM_ES256, kP256OtherScalar);
      break;
    case KeyName::kP384:
      make_ecdsa(pair, PM_ES384, kP384Scalar);
      break;
    case KeyName::kHss:
      make_hss(pair);
      break;
  }
  require(mbedtls_sha256(pair->trusted.key, pair->trusted.size, pair->trusted.id, 0), "sha256");
  pair->trusted.flags = PM_TRUST_KEY_ANY_BOARD;
  pair->trusted.roles = PM_ROLE_PROGRAM;
  pair->made = true;
  return pair;
}

size_t sign_rsa(KeyPair* pair, pm_bytes digest, uint8_t* signature) {
  require(
      mbedtls_rsa_rsassa_pss_sign_ext(&pair->rsa, fixed_random, &pair->random, MBEDTLS_MD_SHA256,
                                      static_cast<unsigned>(digest.size), digest.data, PM_PS256_SALT_SIZE, signature),
      "rsa_rsassa_pss_sign_ext");
  return pair->trusted.size - 4;
}

size_t sign_ecdsa(KeyPair* pair, pm_bytes digest, uint8_t* signature) {
  const size_t half = pair->trusted.size / 2;
  mbedtls_mpi r;
  mbedtls_mpi s;
  mbedtls_mpi_init(&r);
  mbedtls_mpi_init(&s);
  require(mbedtls_ecdsa_sign(&pair->ecdsa.MBEDTLS_PRIVATE(grp), &r, &s, &pair->ecdsa.MBEDTLS_PRIVATE(d), digest.data,
                             digest.size, fixed_random, &pair->random),
          "ecdsa_sign");
  require(mbedtls_mpi_write_binary(&r, signature, half), "write r");
  require(mbedtls_mpi_write_binary(&s, signature + half, half), "write s");
  mbedtls_mpi_free(&r);
  mbedtls_mpi_free(&s);
  return 2 * half;
}

}  // namespace

const pm_trust_key& public_key(KeyName name) {
  return pair_of(name)->trusted;
}

size_t sign_message(KeyName name, pm_bytes message, uint8_t* signature) {
  KeyPair* pair = pair_of(name);
  if (name == KeyName::kHss) {
    const std::vector<uint8_t> made = hss_signer().sign(message.data, message.size, 5);
    std::memcpy(signature, made.data(), made.size());
    return made.size();
  }
  uint8_t digest[64];
  if (pair->trusted.algorithm == PM_ES384) {
    mbedtls_sha512(message.data, message.size, digest, 1);
    return sign_ecdsa(pair, {digest, 48}, signature);
  }
  mbedtls_sha256(message.data, message.size, digest, 0);
  return pair->trusted.algorithm == PM_PS256 ? sign_rsa(pair, {digest, 32}, signature)
                                             : sign_ecdsa(pair, {digest, 32}, signature);
}

}  // namespace proofmark::verify_test
