// SPDX-License-Identifier: Apache-2.0
//
// Key files: what is written is read back, what is not a usable key is named, and signing is a function.
#include <sys/stat.h>

#include "proofmark/sign/digest.h"
#include "proofmark/sign/keys.h"
#include "proofmark/sign/trust_store.h"
#include "support.h"

namespace proofmark::sign::test {
namespace {

constexpr std::array<std::uint8_t, 7> kMessage = {'m', 'e', 's', 's', 'a', 'g', 'e'};

// RSA takes a second to make, so all tests share one key.
const PrivateKey& key_of(pm_algorithm algorithm) {
  static const PrivateKey rsa = PrivateKey::generate(PM_PS256, true).value();
  static const PrivateKey p256 = PrivateKey::generate(PM_ES256, false).value();
  static const PrivateKey p384 = PrivateKey::generate(PM_ES384, false).value();
  return algorithm == PM_PS256 ? rsa : algorithm == PM_ES256 ? p256 : p384;
}

bool comes_back(pm_algorithm algorithm) {
  const PrivateKey& key = key_of(algorithm);
  const auto secret = PrivateKey::load(write("secret.pem", key.to_pem().value()));
  const auto open = PublicKey::load(write("public.pem", key.public_key().to_pem()));
  return secret && open && secret->public_key().id == key.public_key().id && open->id == key.public_key().id &&
         secret->public_key().test == key.public_key().test && open->test == key.public_key().test &&
         open->raw == key.public_key().raw && open->id == sha256(open->spki);
}

bool signs_the_same(pm_algorithm algorithm) {
  const PrivateKey& key = key_of(algorithm);
  const auto once = key.sign(kMessage), twice = key.sign(kMessage), other = key.sign({});
  return once && twice && other && *once == *twice && *once != *other &&
         once->size() == key.public_key().signature_size();
}

bool trust_has(pm_algorithm algorithm, std::uint32_t size, std::uint32_t flags) {
  const pm_trust_key trust = key_of(algorithm).public_key().to_trust();
  return trust.algorithm == algorithm && trust.size == size && trust.flags == flags;
}

bool says_test(const std::string& pem) {
  return pem.starts_with("proofmark: TEST KEY - never trust in production\n-----BEGIN ");
}

bool test_mark_follows() {
  const PrivateKey& key = key_of(PM_PS256);
  const std::string source = trust_source(store_of_keys({key.public_key()}), "x");
  return says_test(key.to_pem().value()) && says_test(key.public_key().to_pem()) &&
         source.find("PM_TRUST_KEY_TEST") != std::string::npos &&
         trust_source(store_of_keys({key_of(PM_ES256).public_key()}), "x").find("TEST") == std::string::npos;
}

bool loading_fails(const char* text, const std::string& expected) {
  const auto path = write("odd.pem", text);
  const auto with_path = [&](std::string line) { return line.replace(line.find("FILE"), 4, path.string()); };
  return fails_with(PrivateKey::load(path), with_path(expected));
}

constexpr const char* kRsa2048 =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAq2lZ\n"
    "-----END PUBLIC KEY-----\n";

bool public_loading_fails(const char* text) {
  const auto path = write("odd.pem", text);
  const auto key = PublicKey::load(path);
  return !key && key.error().outcome == Outcome::kUnknown &&
         same(key.error().what, "not a public key in PEM (expected -----BEGIN PUBLIC KEY-----)");
}

void keys_come_back(void**) {
  assert_true(comes_back(PM_PS256));
  assert_true(comes_back(PM_ES256));
  assert_true(comes_back(PM_ES384));
}

void signing_is_deterministic(void**) {
  assert_true(signs_the_same(PM_PS256));
  assert_true(signs_the_same(PM_ES256));
  assert_true(signs_the_same(PM_ES384));
}

void trust_takes_the_raw_key(void**) {
  assert_true(trust_has(PM_PS256, PM_KEY_RSA3072_SIZE, PM_TRUST_KEY_TEST | PM_TRUST_KEY_ANY_BOARD));
  assert_true(trust_has(PM_ES256, PM_KEY_P256_SIZE, PM_TRUST_KEY_ANY_BOARD));
  assert_true(trust_has(PM_ES384, PM_KEY_P384_SIZE, PM_TRUST_KEY_ANY_BOARD));
}

void test_keys_stay_test_keys(void**) {
  assert_true(test_mark_follows());
}

void what_is_no_private_key_is_named(void**) {
  assert_true(loading_fails(
      "",
      "proofmark: error: FILE: not a private key in PEM that can be used (expected -----BEGIN PRIVATE KEY-----)\n"
      "hint: mbedTLS says: PK - Invalid key tag or value\n"));
  assert_true(loading_fails(
      "-----BEGIN PUBLIC KEY-----\n",
      "proofmark: error: FILE: this is a public key (expected a private one)\n"
      "hint: sign with the file that proofmark keygen wrote, or name the program that signs with --key-program\n"));
}

void what_is_no_public_key_is_named(void**) {
  assert_true(public_loading_fails(""));
  assert_true(public_loading_fails(kRsa2048));
}

}  // namespace
}  // namespace proofmark::sign::test

int main() {
  using namespace proofmark::sign::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(keys_come_back),
      cmocka_unit_test(signing_is_deterministic),
      cmocka_unit_test(trust_takes_the_raw_key),
      cmocka_unit_test(test_keys_stay_test_keys),
      cmocka_unit_test(what_is_no_private_key_is_named),
      cmocka_unit_test(what_is_no_public_key_is_named),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
