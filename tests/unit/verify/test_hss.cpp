// SPDX-License-Identifier: Apache-2.0
//
// HSS/LMS beyond the published vectors: every one-time parameter set of both hash sizes, up to eight levels, mixed levels,
// and what may not be mixed. Signatures are by the test signer, which is a second implementation.
#include <vector>

#include "support/harness.h"

#include "support/hss_signer.h"

namespace proofmark::verify_test {
namespace {

constexpr char kText[] = "what is signed";
const uint8_t* const kMessage = reinterpret_cast<const uint8_t*>(kText);

using Levels = std::vector<HssLevel>;

pm_trust_key trusted(const HssSigner& signer) {
  pm_trust_key key = {};
  const std::vector<uint8_t> bytes = signer.public_key();
  key.algorithm = PM_HSS_LMS;
  key.size = static_cast<uint32_t>(bytes.size());
  std::memcpy(key.key, bytes.data(), bytes.size());
  return key;
}

int check(const pm_trust_key& key, const std::vector<uint8_t>& signature) {
  return pm_check_signature(&key, {kMessage, sizeof kText}, {signature.data(), signature.size()});
}

// The size when the signature of `leaf` is good, 0 when it is not.
size_t good_size(const Levels& levels, uint32_t leaf = 3) {
  const HssSigner signer(levels, 1);
  const std::vector<uint8_t> signature = signer.sign(kMessage, sizeof kText, leaf);
  return check(trusted(signer), signature) == 0 ? signature.size() : 0;
}

void accepts_each_one_time_parameter_set(void**) {
  // RFC 8554 table 1 gives the size of the one-time signature; 4 + 4 + 4 and five nodes come on top.
  const size_t sizes[] = {8516, 4292, 2180, 1124};
  for (uint32_t type = 1; type <= 4; ++type) assert_int_equal(good_size({{5, type}}), sizes[type - 1] + 12 + 5 * 32);
  // RFC 9858: the same with 24 bytes and 200, 101, 51 and 26 digits.
  const size_t digits[] = {200, 101, 51, 26};
  for (uint32_t type = 5; type <= 8; ++type) {
    assert_int_equal(good_size({{10, type}}), 4 + 24 * (digits[type - 5] + 1) + 12 + 5 * 24);
  }
}

void accepts_every_leaf(void**) {
  const HssSigner signer({{5, 3}}, 2);
  const pm_trust_key key = trusted(signer);
  for (uint32_t leaf = 0; leaf < 32; ++leaf) assert_int_equal(check(key, signer.sign(kMessage, sizeof kText, leaf)), 0);
}

void accepts_up_to_eight_levels_of_different_sets(void**) {
  Levels levels;
  for (uint32_t i = 0; i < 8; ++i) {
    levels.push_back({5, i % 2 == 0 ? 3u : 2u});
    assert_true(good_size(levels) > 0);
  }
  assert_true(good_size({{6, 2}, {5, 3}}) > 0);
}

void refuses_nine_levels(void**) {
  assert_int_equal(good_size(Levels(9, {5, 3})), 0);
}

void refuses_hashes_of_two_sizes(void**) {
  assert_int_equal(good_size({{5, 3}, {10, 7}}), 0);
  assert_int_equal(good_size({{10, 7}, {5, 3}}), 0);
}

void refuses_the_signature_of_another_key(void**) {
  const HssSigner one({{5, 3}}, 1);
  const HssSigner other({{5, 3}}, 2);
  assert_int_equal(check(trusted(one), other.sign(kMessage, sizeof kText, 0)), -1);
}

void checks_the_other_algorithms_too(void**) {
  for (const KeyName name : {KeyName::kRsa3072, KeyName::kRsa4096, KeyName::kP256, KeyName::kP384, KeyName::kHss}) {
    uint8_t signature[PM_SIGNATURE_MAX_SIZE];
    const size_t size = sign_message(name, {kMessage, sizeof kText}, signature);
    assert_int_equal(pm_check_signature(&public_key(name), {kMessage, sizeof kText}, {signature, size}), 0);
    assert_int_equal(pm_check_signature(&public_key(name), {kMessage, sizeof kText - 1}, {signature, size}), -1);
    assert_int_equal(pm_check_signature(&public_key(name), {kMessage, sizeof kText}, {signature, size - 1}), -1);
  }
}

void refuses_keys_that_no_trust_may_hold(void**) {
  uint8_t signature[PM_SIGNATURE_MAX_SIZE];
  const size_t size = sign_message(KeyName::kHss, {kMessage, sizeof kText}, signature);
  pm_trust_key key = public_key(KeyName::kHss);
  assert_int_equal(pm_check_signature(nullptr, {kMessage, sizeof kText}, {signature, size}), -1);
  key.algorithm = PM_ES256;
  assert_int_equal(pm_check_signature(&key, {kMessage, sizeof kText}, {signature, size}), -1);
  key.algorithm = PM_HSS_LMS;
  key.size += 1;
  assert_int_equal(pm_check_signature(&key, {kMessage, sizeof kText}, {signature, size}), -1);
}

}  // namespace
}  // namespace proofmark::verify_test

int main() {
  using namespace proofmark::verify_test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(accepts_each_one_time_parameter_set),
      cmocka_unit_test(accepts_every_leaf),
      cmocka_unit_test(accepts_up_to_eight_levels_of_different_sets),
      cmocka_unit_test(refuses_nine_levels),
      cmocka_unit_test(refuses_hashes_of_two_sizes),
      cmocka_unit_test(refuses_the_signature_of_another_key),
      cmocka_unit_test(checks_the_other_algorithms_too),
      cmocka_unit_test(refuses_keys_that_no_trust_may_hold),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
