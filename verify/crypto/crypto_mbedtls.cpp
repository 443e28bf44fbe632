// SPDX-License-Identifier: Apache-2.0
//
// crypto.h over the calls of mbedTLS 3.6 that work without psa_crypto_init(), which costs three times an RSA-3072
// verification. Compiled once against the full library (host) and once against the minimal one (device).
#include "crypto.h"

#include <mbedtls/ecdsa.h>
#include <mbedtls/sha512.h>

#include "pss.h"

// mbedTLS's own RSA takes the power of a public exponent by this function, which its public headers leave out: the one they
// have treats every exponent as a secret, in four times the time.
extern "C" int mbedtls_mpi_exp_mod_unsafe(mbedtls_mpi* x, const mbedtls_mpi* a, const mbedtls_mpi* e,
                                          const mbedtls_mpi* n, mbedtls_mpi* prec_rr);

namespace proofmark::verify {
namespace {

constexpr size_t kExponentSize = 4;

struct RsaState {
  mbedtls_mpi modulus;
  mbedtls_mpi exponent;
  mbedtls_mpi value;
};

int load_rsa(RsaState* state, const pm_trust_key& key, pm_bytes signature) {
  const size_t modulus_size = key.size - kExponentSize;
  int code = mbedtls_mpi_read_binary(&state->modulus, key.key, modulus_size);
  if (code == 0) code = mbedtls_mpi_read_binary(&state->exponent, key.key + modulus_size, kExponentSize);
  if (code == 0) code = mbedtls_mpi_read_binary(&state->value, signature.data, signature.size);
  return code;
}

// RSASSA-PSS-VERIFY, RFC 8017 section 8.1.2. A signature that is not below the modulus is wrong; everything else that the
// library says, as of an even modulus, is "I could not look". The power is taken here and not by the library's RSA, which
// has checks for private keys and cannot do without them.
CryptoResult check_rsa(RsaState* state, const pm_trust_key& key, pm_bytes digest, pm_bytes signature) {
  uint8_t encoded[PM_RSA4096_SIGNATURE_SIZE];
  if (signature.size != key.size - kExponentSize || signature.size > sizeof encoded) return CryptoResult::kFailed;
  if (load_rsa(state, key, signature) != 0) return CryptoResult::kFailed;
  if (mbedtls_mpi_cmp_mpi(&state->value, &state->modulus) >= 0) return CryptoResult::kWrong;
  int code = mbedtls_mpi_exp_mod_unsafe(&state->value, &state->value, &state->exponent, &state->modulus, nullptr);
  if (code == 0) code = mbedtls_mpi_write_binary(&state->value, encoded, signature.size);
  if (code != 0) return CryptoResult::kFailed;
  return check_pss(encoded, signature.size, digest.data) ? CryptoResult::kGood : CryptoResult::kWrong;
}

CryptoResult verify_rsa(const pm_trust_key& key, pm_bytes digest, pm_bytes signature) {
  RsaState state;
  mbedtls_mpi_init(&state.modulus);
  mbedtls_mpi_init(&state.exponent);
  mbedtls_mpi_init(&state.value);
  const CryptoResult result = check_rsa(&state, key, digest, signature);
  mbedtls_mpi_free(&state.value);
  mbedtls_mpi_free(&state.exponent);
  mbedtls_mpi_free(&state.modulus);
  return result;
}

struct EcdsaState {
  mbedtls_ecp_group group;
  mbedtls_ecp_point point;
  mbedtls_mpi r;
  mbedtls_mpi s;
};

int load_ecdsa(EcdsaState* state, const pm_trust_key& key, pm_bytes signature) {
  const bool is_p256 = key.algorithm == PM_ES256;
  const size_t half = signature.size / 2;
  int code = mbedtls_ecp_group_load(&state->group, is_p256 ? MBEDTLS_ECP_DP_SECP256R1 : MBEDTLS_ECP_DP_SECP384R1);
  if (code == 0) code = mbedtls_ecp_point_read_binary(&state->group, &state->point, key.key, key.size);
  if (code == 0) code = mbedtls_ecp_check_pubkey(&state->group, &state->point);
  if (code == 0) code = mbedtls_mpi_read_binary(&state->r, signature.data, half);
  if (code == 0) code = mbedtls_mpi_read_binary(&state->s, signature.data + half, half);
  return code;
}

// mbedtls_ecdsa_verify() refuses r and s outside [1, n-1] itself, as SEC 1 section 4.1.4 demands.
CryptoResult verify_ecdsa(const pm_trust_key& key, pm_bytes digest, pm_bytes signature) {
  EcdsaState state;
  mbedtls_ecp_group_init(&state.group);
  mbedtls_ecp_point_init(&state.point);
  mbedtls_mpi_init(&state.r);
  mbedtls_mpi_init(&state.s);
  CryptoResult result = CryptoResult::kFailed;
  if (load_ecdsa(&state, key, signature) == 0) {
    const int code = mbedtls_ecdsa_verify(&state.group, digest.data, digest.size, &state.point, &state.r, &state.s);
    if (code == 0) result = CryptoResult::kGood;
    if (code == MBEDTLS_ERR_ECP_VERIFY_FAILED) result = CryptoResult::kWrong;
  }
  mbedtls_mpi_free(&state.s);
  mbedtls_mpi_free(&state.r);
  mbedtls_ecp_point_free(&state.point);
  mbedtls_ecp_group_free(&state.group);
  return result;
}

}  // namespace

CryptoResult crypto_verify(const pm_trust_key& key, pm_bytes digest, pm_bytes signature) {
  switch (key.algorithm) {
    case PM_PS256:
      return verify_rsa(key, digest, signature);
    case PM_ES256:
    case PM_ES384:
      return verify_ecdsa(key, digest, signature);
    default:
      return CryptoResult::kFailed;
  }
}

bool crypto_sha384(const pm_bytes* pieces, size_t count, uint8_t digest[48]) {
  mbedtls_sha512_context context;
  mbedtls_sha512_init(&context);
  int code = mbedtls_sha512_starts(&context, 1);
  for (size_t i = 0; i < count && code == 0; ++i) {
    code = mbedtls_sha512_update(&context, pieces[i].data, pieces[i].size);
  }
  if (code == 0) code = mbedtls_sha512_finish(&context, digest);
  mbedtls_sha512_free(&context);
  return code == 0;
}

}  // namespace proofmark::verify
