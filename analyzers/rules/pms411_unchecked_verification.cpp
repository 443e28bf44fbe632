// SPDX-License-Identifier: Apache-2.0
//
// PMS411: a signature, a certificate or an authentication tag whose check has no consequence is not checked. The
// policy's parameter "functions" adds patterns for a project's own names.
#include "engine/expressions.h"
#include "engine/name_pattern.h"
#include "report/policy.h"

namespace proofmark::analyze {
namespace {

// "*" stands for any text.
constexpr std::string_view kFunctions[] = {"mbedtls_*_verify*",
                                           "mbedtls_*_auth_decrypt",
                                           "mbedtls_ct_memcmp",
                                           "psa_verify_*",
                                           "psa_mac_verify*",
                                           "psa_hash_compare",
                                           "psa_hash_verify",
                                           "psa_aead_decrypt",
                                           "psa_aead_verify",
                                           "EVP_DigestVerify",
                                           "EVP_DigestVerifyFinal",
                                           "EVP_VerifyFinal",
                                           "EVP_PKEY_verify*",
                                           "EVP_DecryptFinal*",
                                           "EVP_MAC_final",
                                           "RSA_verify*",
                                           "ECDSA_verify",
                                           "ECDSA_do_verify",
                                           "DSA_verify",
                                           "DSA_do_verify",
                                           "X509_verify*",
                                           "X509_REQ_verify",
                                           "X509_CRL_verify",
                                           "X509_check_host",
                                           "X509_check_ip*",
                                           "X509_check_email",
                                           "CMS_verify*",
                                           "PKCS7_verify",
                                           "OCSP_basic_verify",
                                           "SSL_get_verify_result",
                                           "CRYPTO_memcmp",
                                           "ED25519_verify",
                                           "crypto_sign_open",
                                           "crypto_sign_verify_detached",
                                           "crypto_sign_ed25519_verify_detached",
                                           "crypto_secretbox_open*",
                                           "crypto_box_open*",
                                           "crypto_auth_verify",
                                           "crypto_aead_*_decrypt*",
                                           "crypto_verify_*",
                                           "sodium_memcmp",
                                           "gnutls_*_verify*",
                                           "wc_*Verify*",
                                           "uECC_verify",
                                           "pm_verify*"};

void on_stmt(const clang::Stmt& stmt, SourceContext& context) {
  const nlohmann::json& more = context.policy().parameter("PMS411", "functions");
  for (const clang::CallExpr* call : discarded_calls(stmt)) {
    const std::string_view name = callee_name(*call);
    if (name.empty() || call->getType()->isVoidType() || !is_named_like(name, kFunctions, more)) continue;
    context.report(kPms411UncheckedVerification, call->getBeginLoc(),
                   "the result of " + std::string(name) + " is not checked: what it refused is used all the same",
                   "stop when it does not say yes");
  }
}

}  // namespace

constinit const SourceRule kPms411UncheckedVerification = {
    .info = {"PMS411", "unchecked-verification", "The result of every verification is checked.", report::Level::kMust,
             347},
    .on_stmt = on_stmt};

}  // namespace proofmark::analyze
