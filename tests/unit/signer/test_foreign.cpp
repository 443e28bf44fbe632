// SPDX-License-Identifier: Apache-2.0
//
// Keys and signatures as others hand them over: what is taken, what is refused, and that hostile encodings are only refused.
#include "../../../signer/src/foreign.h"
#include "../../../signer/src/hss_key.h"

#include "support.h"

namespace proofmark::sign::test {
namespace {

const PrivateKey& key_of(pm_algorithm algorithm) {
  static const PrivateKey p256 = PrivateKey::generate(PM_ES256, false).value();
  static const PrivateKey p384 = PrivateKey::generate(PM_ES384, false).value();
  return algorithm == PM_ES256 ? p256 : p384;
}

const Bytes& message() {
  static const Bytes bytes = {'w', 'h', 'a', 't', ' ', 'i', 's', ' ', 's', 'i', 'g', 'n', 'e', 'd'};
  return bytes;
}

// INTEGER of a big-endian number, with as few bytes as DER demands.
Bytes der_integer(ByteView number) {
  while (number.size() > 1 && number.front() == 0) number = number.subspan(1);
  Bytes out = {0x02, static_cast<std::uint8_t>(number.size())};
  if (number.front() >= 0x80) {
    ++out[1];
    out.push_back(0);
  }
  out.insert(out.end(), number.begin(), number.end());
  return out;
}

Bytes to_der(ByteView raw) {
  const Bytes r = der_integer(raw.first(raw.size() / 2)), s = der_integer(raw.last(raw.size() / 2));
  Bytes out = {0x30, static_cast<std::uint8_t>(r.size() + s.size())};
  out.insert(out.end(), r.begin(), r.end());
  out.insert(out.end(), s.begin(), s.end());
  return out;
}

bool takes(const PublicKey& key, ByteView signature, const Bytes& raw) {
  const auto checked = checked_signature(key, message(), signature, "who");
  return checked && *checked == raw;
}

void takes_raw_and_der_signatures(void**) {
  for (const pm_algorithm algorithm : {PM_ES256, PM_ES384}) {
    const PrivateKey& key = key_of(algorithm);
    const Bytes raw = key.sign(message()).value();
    assert_true(takes(key.public_key(), raw, raw));
    assert_true(takes(key.public_key(), to_der(raw), raw));
  }
}

void refuses_what_is_no_signature_of_the_key(void**) {
  const PrivateKey& key = key_of(PM_ES256);
  const Bytes raw = key.sign(message()).value();
  const auto refused = checked_signature(key_of(PM_ES384).public_key(), message(), raw, "who");
  assert_false(refused.has_value());
  assert_true(refused.error().outcome == Outcome::kRefused && refused.error().subject == "who");
  Bytes der = to_der(raw);
  der.push_back(0);
  assert_false(checked_signature(key.public_key(), message(), der, "who").has_value());
  assert_false(checked_signature(key.public_key(), message(), {}, "who").has_value());
}

// No damage to the encoding may do anything but make it no signature.
void survives_damaged_der(void**) {
  const PrivateKey& key = key_of(PM_ES256);
  const Bytes der = to_der(key.sign(message()).value());
  for (std::size_t i = 0; i < der.size(); ++i) {
    for (const unsigned value : {0x00u, 0x01u, 0x7fu, 0x80u, 0x84u, 0xffu}) {
      Bytes damaged = der;
      if (damaged[i] == value) continue;
      damaged[i] = static_cast<std::uint8_t>(value);
      assert_false(checked_signature(key.public_key(), message(), damaged, "who").has_value());
    }
    assert_false(checked_signature(key.public_key(), message(), ByteView(der).first(i), "who").has_value());
  }
}

Bytes hss_key(std::uint8_t levels, std::uint8_t tree, std::uint8_t ots, std::size_t hash) {
  Bytes key = {0, 0, 0, levels, 0, 0, 0, tree, 0, 0, 0, ots};
  key.resize(28 + hash, 0x5a);
  return key;
}

void hss_keys_come_back(void**) {
  for (const auto& [raw, bits] : {std::pair{hss_key(1, 5, 4, 32), 256}, std::pair{hss_key(8, 14, 5, 24), 192}}) {
    const auto key = public_key_from_hss(raw, true, "file");
    assert_true(key && key->algorithm == PM_HSS_LMS && key->bits == static_cast<std::size_t>(bits) && key->raw == raw);
    const auto again = public_key_from_pem(key->to_pem(), "file");
    assert_true(again && again->id == key->id && again->raw == raw && again->test);
    assert_true(looks_like_hss(raw));
  }
}

void refuses_hss_keys_that_no_device_takes(void**) {
  for (const Bytes& raw : {hss_key(0, 5, 4, 32), hss_key(9, 5, 4, 32), hss_key(1, 4, 4, 32), hss_key(1, 15, 8, 24),
                           hss_key(1, 5, 9, 32), hss_key(1, 5, 0, 32), hss_key(1, 5, 8, 32), hss_key(1, 10, 4, 24),
                           hss_key(1, 5, 4, 24), hss_key(1, 10, 8, 32)}) {
    assert_false(looks_like_hss(raw));
    assert_false(public_key_from_hss(raw, false, "file").has_value());
  }
}

// The sizes that RFC 8554's own signatures have, and that of RFC 9858's example.
void keeps_room_for_hss_signatures(void**) {
  const auto size = [](const Bytes& key) { return hss_signature_size(hss_parameters(key).value()); };
  assert_int_equal(size(hss_key(1, 5, 4, 32)), 1296);
  assert_int_equal(size(hss_key(1, 10, 8, 24)), 784);
  assert_true(size(hss_key(2, 5, 4, 32)) >= 2644);  // appendix F, test case 1
  assert_true(size(hss_key(2, 6, 3, 32)) >= 3860);  // test case 2
  assert_int_equal(size(hss_key(8, 9, 1, 32)), PM_SIGNATURE_MAX_SIZE);
}

}  // namespace
}  // namespace proofmark::sign::test

int main() {
  using namespace proofmark::sign::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(takes_raw_and_der_signatures),
      cmocka_unit_test(refuses_what_is_no_signature_of_the_key),
      cmocka_unit_test(survives_damaged_der),
      cmocka_unit_test(hss_keys_come_back),
      cmocka_unit_test(refuses_hss_keys_that_no_device_takes),
      cmocka_unit_test(keeps_room_for_hss_signatures),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
