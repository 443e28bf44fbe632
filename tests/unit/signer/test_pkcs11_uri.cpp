// SPDX-License-Identifier: Apache-2.0
//
// PKCS #11 URIs: what they say, and what is refused rather than skipped.
#include "../../../signer/src/pkcs11_uri.h"

#include "support.h"

namespace proofmark::sign::test {
namespace {

bool refuses(const std::string& uri, const std::string& what) {
  const auto parsed = parse_pkcs11_uri(uri);
  return !parsed && parsed.error().what.find(what) != std::string::npos &&
         parsed.error().subject.find('?') == std::string::npos;
}

void reads_every_attribute(void**) {
  const auto uri = parse_pkcs11_uri(
      "pkcs11:token=My%20token;manufacturer=ACME;serial=0a1b;model=X;slot-id=7;object=%74est;id=%00%ff;type=private"
      "?module-path=/usr/lib/x.so&pin-source=file:/run/pin");
  assert_true(uri.has_value());
  const Pkcs11Uri expected = {"My token", "ACME",          "0a1b",    "X", "test", std::string("\0\xff", 2),
                              7,          "/usr/lib/x.so", "/run/pin"};
  assert_true(*uri == expected);
}

void nothing_said_matches_anything(void**) {
  const auto uri = parse_pkcs11_uri("pkcs11:");
  assert_true(uri.has_value());
  assert_true(*uri == Pkcs11Uri{});
}

void reads_the_forms_of_file_uris(void**) {
  for (const char* source : {"/run/pin", "file:/run/pin", "file:///run/pin", "file://localhost/run/pin"}) {
    const auto uri = parse_pkcs11_uri(std::string("pkcs11:token=a?pin-source=") + source);
    assert_true(uri && uri->pin_file == "/run/pin");
  }
  assert_true(refuses("pkcs11:token=a?pin-source=|cat", "pin-source that is no file"));
  assert_true(refuses("pkcs11:token=a?pin-source=file://server/pin", "pin-source that is no file"));
  assert_true(refuses("pkcs11:token=a?pin-source=pin", "pin-source that is no file"));
}

void refuses_what_it_does_not_know(void**) {
  assert_true(refuses("pkcs11:library-version=3", "not supported: library-version"));
  assert_true(refuses("pkcs11:token=a?module-name=x", "not supported: module-name"));
  assert_true(refuses("pkcs11:token=a?pin-value=1234", "holds a PIN"));
  assert_true(refuses("pkcs11:type=secret-key", "names no signing key"));
  assert_true(refuses("pkcs11:slot-id=0x1", "no number"));
}

void refuses_what_is_malformed(void**) {
  for (const char* uri :
       {"pkcs11:token", "pkcs11:token=%", "pkcs11:token=%1", "pkcs11:token=%zz", "pkcs11:=%+1", "pkcs11:;"})
    assert_true(refuses(uri, "not a PKCS #11 URI"));
  assert_true(refuses("pkcs11:token=a;token=b", "says token twice"));
}

}  // namespace
}  // namespace proofmark::sign::test

int main() {
  using namespace proofmark::sign::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(reads_every_attribute),        cmocka_unit_test(nothing_said_matches_anything),
      cmocka_unit_test(reads_the_forms_of_file_uris), cmocka_unit_test(refuses_what_it_does_not_know),
      cmocka_unit_test(refuses_what_is_malformed),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
