// SPDX-License-Identifier: Apache-2.0
//
// PMS507: a local buffer with a password or a key that no call wipes before the function returns. Its bytes stay in the stack's memory,
// for the next function that does not initialise a variable, or for a core dump. Names tell what is secret, and the
// functions that write passwords and keys. PMS220 is for wipes that the optimiser removes.
#include <fmt/format.h>

#include "engine/expressions.h"
#include "rules/firmware_rules.h"

namespace proofmark::analyze {
namespace {

// Function, and the argument to which it writes a secret.
struct Source {
  std::string_view function;
  unsigned argument;
};
constexpr Source kSources[] = {{"readpassphrase", 1},
                               {"EVP_BytesToKey", 6},
                               {"PKCS5_PBKDF2_HMAC", 7},
                               {"PKCS5_PBKDF2_HMAC_SHA1", 5},
                               {"EVP_PBE_scrypt", 9},
                               {"mbedtls_pkcs5_pbkdf2_hmac", 7},
                               {"mbedtls_pkcs5_pbkdf2_hmac_ext", 7},
                               {"mbedtls_hkdf", 7},
                               {"psa_export_key", 1},
                               {"psa_raw_key_agreement", 4},
                               {"psa_key_derivation_output_bytes", 1},
                               {"crypto_pwhash", 0},
                               {"crypto_kdf_derive_from_key", 0},
                               {"crypto_secretbox_keygen", 0},
                               {"crypto_box_keypair", 1},
                               {"crypto_sign_keypair", 1},
                               {"crypto_scalarmult", 0},
                               {"crypto_box_beforenm", 0},
                               {"gnutls_pbkdf2", 5}};

bool names_secret(std::string_view name) {
  if (contains_word(name, {"len", "length", "size", "file", "path", "prompt", "name", "hash", "id", "public", "pub"}))
    return false;
  return contains_word(name, {"password", "passwd", "passphrase", "secret", "psk", "privkey", "seckey"}) ||
         (contains_word(name, {"key"}) && contains_word(name, {"private", "session", "master", "aes", "hmac", "priv"}));
}

bool wipes(std::string_view callee) {
  static constexpr std::string_view kWipes[] = {"memset", "bzero", "memset_s", "OPENSSL_cleanse", "SecureZeroMemory"};
  return is_one_of(callee, kWipes) || callee.find("bzero") != std::string_view::npos ||
         contains_word(callee, {"explicit", "zeroize", "zeroise", "wipe", "burn", "cleanse", "scrub", "memzero",
                                "clear", "erase", "zero", "zeromem"});
}

bool is_byte_array(const clang::VarDecl& variable, const clang::ASTContext& tree) {
  const auto* array = tree.getAsConstantArrayType(variable.getType());
  return variable.hasLocalStorage() && array != nullptr && !array->getElementType().isConstQualified() &&
         array->getElementType()->isIntegerType() && tree.getTypeSize(array->getElementType()) == 8;
}

// Which arrays of a function hold a secret that something wrote there, and which are wiped.
class Secrets : public clang::RecursiveASTVisitor<Secrets> {
 public:
  explicit Secrets(const clang::ASTContext& tree) : tree_(tree) {}

  bool VisitCallExpr(clang::CallExpr* call) {
    const std::string_view name = callee_name(*call);
    for (unsigned i = 0; i < call->getNumArgs(); ++i) {
      const clang::VarDecl* variable = array_in(call->getArg(i));
      if (variable == nullptr) continue;
      if (wipes(name)) {
        wiped_.insert(variable);
      } else if (is_source(name, i)) {
        secret_.try_emplace(variable, name);
      } else if (may_write(*call, i) && names_secret({variable->getName().data(), variable->getName().size()})) {
        secret_.try_emplace(variable, name);
      }
    }
    return true;
  }

  void report(const clang::FunctionDecl& function, SourceContext& context) const {
    for (const auto& [variable, writer] : secret_) {
      if (wiped_.contains(variable)) continue;
      std::string by = writer.empty() ? "" : fmt::format(" of {}", writer);
      context.report(
          kPms507SecretNotWiped, variable->getLocation(),
          fmt::format("'{}' holds a secret{}, and '{}' returns without wiping it", variable->getNameAsString(), by,
                      function.getNameAsString()),
          "call explicit_bzero, mbedtls_platform_zeroize, OPENSSL_cleanse or sodium_memzero on every way out");
    }
  }

 private:
  const clang::VarDecl* array_in(const clang::Expr* expr) const {
    expr = expr->IgnoreParenCasts();
    if (const auto* address = llvm::dyn_cast<clang::UnaryOperator>(expr)) {
      if (address->getOpcode() != clang::UO_AddrOf) return nullptr;
      expr = address->getSubExpr()->IgnoreParenCasts();
      if (const auto* element = llvm::dyn_cast<clang::ArraySubscriptExpr>(expr))
        expr = element->getBase()->IgnoreParenCasts();
    }
    const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr);
    const auto* variable = reference == nullptr ? nullptr : llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
    return variable != nullptr && variable->getIdentifier() != nullptr && is_byte_array(*variable, tree_) ? variable
                                                                                                          : nullptr;
  }

  static bool is_source(std::string_view callee, unsigned argument) {
    for (const Source& source : kSources)
      if (source.function == callee && source.argument == argument) return true;
    return false;
  }

  static bool may_write(const clang::CallExpr& call, unsigned argument) {
    const clang::FunctionDecl* callee = call.getDirectCallee();
    if (callee == nullptr || argument >= callee->getNumParams()) return false;
    const clang::QualType type = callee->getParamDecl(argument)->getType();
    return type->isPointerType() && !type->getPointeeType().isConstQualified();
  }

  const clang::ASTContext& tree_;
  llvm::MapVector<const clang::VarDecl*, std::string_view> secret_;
  llvm::SmallPtrSet<const clang::VarDecl*, 4> wiped_;
};

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  if (function == nullptr || !function->isThisDeclarationADefinition() || !function->hasBody() ||
      function->isDependentContext())
    return;
  Secrets secrets(context.tree());
  secrets.TraverseStmt(function->getBody());
  secrets.report(*function, context);
}

}  // namespace

constinit const SourceRule kPms507SecretNotWiped = {
    .info = {"PMS507", "secret-not-wiped", "A function wipes the passwords and keys that it had on its stack.",
             report::Level::kAdvisory, 226},
    .on_decl = on_decl};

}  // namespace proofmark::analyze
