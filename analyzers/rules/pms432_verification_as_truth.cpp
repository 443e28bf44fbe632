// SPDX-License-Identifier: Apache-2.0
//
// PMS432: OpenSSL's verifications answer 1 for yes, 0 for no, and below 0 when they could not tell. As a truth value,
// "could not tell" is a yes (CVE-2008-5077).
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

constexpr std::string_view kFunctions[] = {
    "EVP_VerifyFinal", "EVP_VerifyFinal_ex",      "EVP_DigestVerifyFinal", "EVP_DigestVerify",
    "EVP_PKEY_verify", "EVP_PKEY_verify_recover", "ECDSA_verify",          "ECDSA_do_verify",
    "DSA_verify",      "DSA_do_verify",           "X509_verify",           "X509_verify_cert",
    "X509_REQ_verify", "X509_CRL_verify",         "OCSP_basic_verify",     "X509_check_host"};

bool is_zero(const clang::Expr* expr, const SourceContext& context) {
  return constant_value(expr, context) == 0U;
}

void check(const clang::Expr* expr, SourceContext& context) {
  const auto* call = expr == nullptr ? nullptr : llvm::dyn_cast<clang::CallExpr>(expr->IgnoreParenCasts());
  if (call == nullptr || !is_one_of(callee_name(*call), kFunctions)) return;
  context.report(kPms432VerificationAsTruth, call->getBeginLoc(),
                 std::string(callee_name(*call)) + " is below 0 when it could not tell, which counts as yes here",
                 "compare with 1: only that is a yes");
}

// The operands of which only "zero or not" is used.
void on_stmt(const clang::Stmt& stmt, SourceContext& context) {
  if (const auto* branch = llvm::dyn_cast<clang::IfStmt>(&stmt)) return check(branch->getCond(), context);
  if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(&stmt)) return check(choice->getCond(), context);
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(&stmt)) {
    if (unary->getOpcode() == clang::UO_LNot) check(unary->getSubExpr(), context);
    return;
  }
  const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(&stmt);
  if (binary == nullptr) return;
  const bool compares_zero = binary->isEqualityOp() && is_zero(binary->getRHS(), context);
  if (binary->isLogicalOp() || compares_zero) check(binary->getLHS(), context);
  if (binary->isLogicalOp()) check(binary->getRHS(), context);
}

}  // namespace

constinit const SourceRule kPms432VerificationAsTruth = {
    .info = {"PMS432", "verification-as-truth", "A verification that could not tell does not count as a yes.",
             report::Level::kMust, 253},
    .on_stmt = on_stmt};

}  // namespace proofmark::analyze
