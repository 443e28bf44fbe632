// SPDX-License-Identifier: Apache-2.0
//
// PMS433: memcmp and strcmp stop at the first difference, so that their time tells how much of a guess was right. Names
// tell what is secret, and so do the functions that compute message authentication codes; sizes keep hardware addresses
// and short tags of formats out.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

constexpr uint64_t kShortestTag = 8;    // bytes; shorter ones are parts of formats
constexpr uint64_t kShortestHash = 16;  // shorter ones are of hash tables

bool is_secret_text(std::string_view name) {
  return contains_word(name, {"password", "passwd", "passphrase", "secret"}) ||
         (contains_word(name, {"token"}) && contains_word(name, {"auth", "access", "session", "api", "csrf"}));
}

bool is_secret_bytes(std::string_view name, std::optional<uint64_t> size) {
  if (is_secret_text(name) || contains_word(name, {"hmac", "digest"})) return true;
  if (contains_word(name, {"mac", "tag"}) && !contains_word(name, {"addr", "address", "hwaddr", "eth", "src", "dst"}))
    return size && *size >= kShortestTag;
  if (contains_word(name, {"descriptor", "table", "list", "type", "name"})) return false;  // about hashes, not one
  return contains_word(name, {"hash", "signature"}) && size && *size >= kShortestHash;
}

// Functions that write a message authentication code.
constexpr std::string_view kMacFunctions[] = {"HMAC",
                                              "HMAC_Final",
                                              "CMAC_Final",
                                              "EVP_MAC_final",
                                              "mbedtls_md_hmac",
                                              "mbedtls_md_hmac_finish",
                                              "mbedtls_cipher_cmac",
                                              "mbedtls_cipher_cmac_finish",
                                              "psa_mac_compute",
                                              "psa_mac_sign_finish",
                                              "crypto_auth",
                                              "crypto_onetimeauth",
                                              "gnutls_hmac_fast",
                                              "wc_HmacFinal",
                                              "wc_AesCmacGenerate"};

class MacWriters : public clang::RecursiveASTVisitor<MacWriters> {
 public:
  explicit MacWriters(std::string_view variable) : variable_(variable) {}

  bool VisitCallExpr(clang::CallExpr* call) {
    if (!is_one_of(callee_name(*call), kMacFunctions)) return true;
    for (const clang::Expr* argument : call->arguments()) {
      const clang::QualType type = argument->IgnoreParenImpCasts()->getType();
      const bool is_written = type->isArrayType() || type->isPointerType();
      found_ |= is_written && !argument->getType()->getPointeeType().isConstQualified() &&
                expression_name(argument) == variable_;
    }
    return true;
  }
  bool found() const { return found_; }

 private:
  std::string_view variable_;
  bool found_ = false;
};

// Whatever its name is: the function that compares it has it computed.
bool is_computed_mac(std::string_view operand, const SourceContext& context) {
  if (operand.empty() || context.function() == nullptr) return false;
  MacWriters writers(operand);
  writers.TraverseStmt(context.function()->getBody());
  return writers.found();
}

// A structure that describes a hash is no hash.
bool is_record(const clang::Expr* expr) {
  const clang::QualType type = expr->IgnoreParenImpCasts()->getType();
  return type->isPointerType() && type->getPointeeType()->isRecordType();
}

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  static constexpr std::string_view kBytes[] = {"memcmp", "bcmp"};
  static constexpr std::string_view kText[] = {"strcmp", "strncmp", "strcasecmp", "strncasecmp"};
  const bool bytes = is_one_of(name, kBytes);
  if ((!bytes && !is_one_of(name, kText)) || !is_library_call(callee, context)) return;
  const auto size = constant_value(argument(call, 2), context);
  if (bytes && size && *size < kShortestTag) return;
  if (literal_text(argument(call, 0)) || literal_text(argument(call, 1))) return;  // PMS412, if anything
  for (unsigned i = 0; i < 2; ++i) {
    if (bytes && is_record(argument(call, i))) continue;
    const std::string_view operand = expression_name(argument(call, i));
    const bool is_secret =
        bytes ? is_secret_bytes(operand, size) || is_computed_mac(operand, context) : is_secret_text(operand);
    if (!is_secret) continue;
    context.report(
        kPms433SecretComparedInTime, call.getBeginLoc(),
        std::string(name) + " compares '" + std::string(operand) + "' in a time that tells how much of it is right",
        "use CRYPTO_memcmp, mbedtls_ct_memcmp or sodium_memcmp; for passwords, compare slow hashes");
    return;
  }
}

}  // namespace

constinit const SourceRule kPms433SecretComparedInTime = {
    .info = {"PMS433", "secret-compared-in-time", "Secrets are compared in constant time.", report::Level::kShould,
             208},
    .on_call = on_call};

}  // namespace proofmark::analyze
