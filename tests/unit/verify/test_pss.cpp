// SPDX-License-Identifier: Apache-2.0
//
// The padding of PS256 is checked by our own code, so its signatures come from mbedTLS here: those with the one right salt
// length and hash are accepted, all others are refused, and so is every encoding with a bit changed.
#include <mbedtls/rsa.h>
#include <mbedtls/sha256.h>

#include <vector>

#include "support/harness.h"
#include "support/private_numbers.h"

#include "../../../verify/crypto/pss.h"

namespace proofmark::verify_test {
namespace {

constexpr uint8_t kMessage[] = "what is signed";
mbedtls_rsa_context rsa;

int fixed_random(void*, unsigned char* out, size_t size) {
  for (size_t i = 0; i < size; ++i) out[i] = static_cast<unsigned char>(i * 5 + 1);
  return 0;
}

int make_key(void**) {
  mbedtls_mpi p, q, e;
  for (mbedtls_mpi* number : {&p, &q, &e}) mbedtls_mpi_init(number);
  mbedtls_rsa_init(&rsa);
  int code = mbedtls_mpi_read_string(&p, 16, kRsa3072Primes.p);
  if (code == 0) code = mbedtls_mpi_read_string(&q, 16, kRsa3072Primes.q);
  if (code == 0) code = mbedtls_mpi_read_string(&e, 16, "10001");
  if (code == 0) code = mbedtls_rsa_import(&rsa, nullptr, &p, &q, nullptr, &e);
  if (code == 0) code = mbedtls_rsa_complete(&rsa);
  for (mbedtls_mpi* number : {&p, &q, &e}) mbedtls_mpi_free(number);
  return code;
}

int free_key(void**) {
  mbedtls_rsa_free(&rsa);
  return 0;
}

// -1: refused. The digest of the message is always SHA-256, as PS256 has it; `hash` serves padding and mask.
int check_with(mbedtls_md_type_t hash, int salt) {
  uint8_t digest[32];
  uint8_t signature[384];
  mbedtls_sha256(kMessage, sizeof kMessage, digest, 0);
  assert_int_equal(mbedtls_rsa_set_padding(&rsa, MBEDTLS_RSA_PKCS_V21, hash), 0);
  assert_int_equal(mbedtls_rsa_rsassa_pss_sign_ext(&rsa, fixed_random, nullptr, MBEDTLS_MD_NONE, sizeof digest, digest,
                                                   salt, signature),
                   0);
  return pm_check_signature(&public_key(KeyName::kRsa3072), {kMessage, sizeof kMessage}, {signature, sizeof signature});
}

void accepts_the_salt_of_ps256(void**) {
  assert_int_equal(check_with(MBEDTLS_MD_SHA256, 32), 0);
}

void refuses_other_salts_and_hashes(void**) {
  for (const int salt : {0, 1, 20, 31, 33, 64, 318}) assert_int_equal(check_with(MBEDTLS_MD_SHA256, salt), -1);
  assert_int_equal(check_with(MBEDTLS_MD_SHA384, 32), -1);
  assert_int_equal(check_with(MBEDTLS_MD_SHA512, 32), -1);
}

void refuses_every_changed_bit_of_the_encoding(void**) {
  uint8_t digest[32];
  uint8_t signature[384];
  uint8_t encoded[384];
  mbedtls_sha256(kMessage, sizeof kMessage, digest, 0);
  mbedtls_rsa_set_padding(&rsa, MBEDTLS_RSA_PKCS_V21, MBEDTLS_MD_SHA256);
  assert_int_equal(mbedtls_rsa_rsassa_pss_sign_ext(&rsa, fixed_random, nullptr, MBEDTLS_MD_SHA256, sizeof digest,
                                                   digest, 32, signature),
                   0);
  assert_int_equal(mbedtls_rsa_public(&rsa, signature, encoded), 0);
  for (size_t bit = 0; bit <= 8 * sizeof encoded; ++bit) {
    uint8_t changed[384];
    std::memcpy(changed, encoded, sizeof changed);
    if (bit < 8 * sizeof encoded) changed[bit / 8] ^= static_cast<uint8_t>(0x80 >> bit % 8);
    assert_int_equal(verify::check_pss(changed, sizeof changed, digest), bit == 8 * sizeof encoded);
  }
  for (size_t size = 0; size < sizeof encoded; ++size) {
    std::vector<uint8_t> cut(encoded, encoded + size);
    assert_false(verify::check_pss(cut.data(), size, digest));
  }
}

}  // namespace
}  // namespace proofmark::verify_test

int main() {
  using namespace proofmark::verify_test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(accepts_the_salt_of_ps256),
      cmocka_unit_test(refuses_other_salts_and_hashes),
      cmocka_unit_test(refuses_every_changed_bit_of_the_encoding),
  };
  return cmocka_run_group_tests(tests, make_key, free_key);
}
