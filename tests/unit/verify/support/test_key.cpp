// SPDX-License-Identifier: Apache-2.0
//
// See test_key.h. The random numbers are a fixed sequence, so that a failure can be repeated; such keys protect nothing.
#include "test_key.h"

#include <mbedtls/ecdsa.h>
#include <mbedtls/rsa.h>
#include <mbedtls/sha256.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

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

KeyPair pairs[5];

void make_rsa(KeyPair* pair, unsigned bits) {
  const size_t size = bits / 8;
  mbedtls_rsa_init(&pair->rsa);
  require(mbedtls_rsa_gen_key(&pair->rsa, fixed_random, &pair->random, bits, 65537), "rsa_gen_key");
  require(mbedtls_rsa_set_padding(&pair->rsa, MBEDTLS_RSA_PKCS_V21, MBEDTLS_MD_SHA256), "rsa_set_padding");
  require(mbedtls_rsa_export_raw(&pair->rsa, pair->trusted.key, size, nullptr, 0, nullptr, 0, nullptr, 0,
                                 pair->trusted.key + size, 4),
          "rsa_export_raw");
  pair->trusted.algorithm = PM_PS256;
  pair->trusted.size = static_cast<uint32_t>(size + 4);
}

void make_ecdsa(KeyPair* pair, mbedtls_ecp_group_id group, int32_t algorithm) {
  mbedtls_ecdsa_init(&pair->ecdsa);
  require(mbedtls_ecdsa_genkey(&pair->ecdsa, group, fixed_random, &pair->random), "ecdsa_genkey");
  size_t size = 0;
  require(
      mbedtls_ecp_point_write_binary(&pair->ecdsa.MBEDTLS_PRIVATE(grp), &pair->ecdsa.MBEDTLS_PRIVATE(Q),
                                     MBEDTLS_ECP_PF_UNCOMPRESSED, &size, pair->trusted.key, sizeof pair->trusted.key),
      "ecp_point_write_binary");
  pair->trusted.algorithm = algorithm;
  pair->trusted.size = static_cast<uint32_t>(size);
}

KeyPair* pair_of(KeyName name) {
  KeyPair* pair = &pairs[static_cast<unsigned>(name)];
  if (pair->made) return pair;
  pair->random = 0x9E3779B97F4A7C15 + static_cast<uint64_t>(name);
  switch (name) {
    case KeyName::kRsa3072:
      make_rsa(pair, 3072);
      break;
    case KeyName::kRsa4096:
      make_rsa(pair, 4096);
      break;
    case KeyName::kP256:
    case KeyName::kP256Other:
      make_ecdsa(pair, MBEDTLS_ECP_DP_SECP256R1, PM_ES256);
      break;
    case KeyName::kP384:
      make_ecdsa(pair, MBEDTLS_ECP_DP_SECP384R1, PM_ES384);
      break;
  }
  require(mbedtls_sha256(pair->trusted.key, pair->trusted.size, pair->trusted.id, 0), "sha256");
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

size_t sign_digest(KeyName name, pm_bytes digest, uint8_t* signature) {
  KeyPair* pair = pair_of(name);
  return pair->trusted.algorithm == PM_PS256 ? sign_rsa(pair, digest, signature) : sign_ecdsa(pair, digest, signature);
}

}  // namespace proofmark::verify_test
