// SPDX-License-Identifier: Apache-2.0
//
// The manifest as bytes, both ways.
#include <algorithm>

#include "proofmark/sign/manifest.h"
#include "support.h"

namespace proofmark::sign::test {
namespace {

Digest filled(std::uint8_t value) {
  Digest digest{};
  digest.fill(value);
  return digest;
}

Manifest small() {
  Manifest manifest;
  manifest.subject = {"dtb", PM_KIND_DATA, 0, {"*"}};
  manifest.content.length = 300;
  manifest.content.digest = filled(0xaa);
  manifest.content.mark_length = 488;
  manifest.security_version = 7;
  return manifest;
}

Manifest full() {
  Manifest manifest = small();
  manifest.subject = {"gateway", PM_KIND_EXECUTABLE, 62, {"qemu-amd64", "qemu-arm64"}};
  manifest.content.original = OriginalHeader{250, 100, 5, 4};
  manifest.content.segments = {{0, 100, filled(1)}, {100, 20, filled(2)}};
  manifest.build = {Bytes(20, 3), filled(4), filled(5), filled(6), filled(7)};
  manifest.proof = {PM_PROVEN, filled(8), 0xffff, 12, 12, 0, 3};
  manifest.runtime = Runtime{{0, 1, 231}, 0x400, PM_RUNTIME_NO_NEW_PRIVILEGES, {"LANG", "TZ"}};
  manifest.dependencies =
      std::vector<Dependency>{{"/lib64/ld-linux-x86-64.so.2", filled(9)}, {"libc.so.6", filled(10)}};
  manifest.bindings = {filled(11), filled(12), filled(13)};
  return manifest;
}

bool round_trips(const Manifest& manifest) {
  const auto back = decode(encode(manifest));
  return back && *back == manifest;
}

bool refuses(const Bytes& bytes) {
  return fails_with(decode(bytes),
                    "proofmark: error: the manifest is not a version 1 manifest (docs/format.md section 4)\n");
}

// Replaces one byte pattern by another of any size; the patterns in use occur once.
Bytes edited(Bytes bytes, const char* from_text, const char* to_text) {
  const Bytes from = from_hex(from_text).value(), to = from_hex(to_text).value();
  const auto at = std::search(bytes.begin(), bytes.end(), from.begin(), from.end());
  if (at == bytes.end()) return encode(small());  // makes the test that asks for it fail
  const auto index = at - bytes.begin();
  bytes.erase(at, at + static_cast<std::ptrdiff_t>(from.size()));
  bytes.insert(bytes.begin() + index, to.begin(), to.end());
  return bytes;
}

bool refuses_every_cut() {
  const Bytes whole = encode(full());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    if (decode(ByteView(whole).first(size))) return false;
  }
  Bytes longer = whole;
  longer.push_back(0);
  return refuses(longer);
}

// Whatever one changed byte makes of it, a manifest that is accepted has exactly one encoding: the bytes that were read.
bool has_one_encoding() {
  const Bytes whole = encode(full());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const int flip : {0x01, 0x20, 0x80}) {
      Bytes changed = whole;
      changed[i] ^= static_cast<std::uint8_t>(flip);
      const auto manifest = decode(changed);
      if (manifest && encode(*manifest) != changed) return same(encode(*manifest), changed);
    }
  }
  return true;
}

bool small_is(const char* hex) {
  return same(to_hex(encode(small())), hex);
}

bool properties_have_distinct_names() {
  for (unsigned bit = 0; bit < PM_PROPERTY_COUNT; ++bit) {
    if (property_mask(property_name(bit)) != std::uint64_t{1} << bit) return false;
  }
  return property_name(PM_PROPERTY_COUNT).empty() && !property_mask("").has_value() &&
         !property_mask("Pie").has_value();
}

void encoding_is_the_specified_one(void**) {
  assert_true(
      small_is("a5"
               "0101"
               "02a4"
               "0163647462"
               "0204"
               "0300"
               "0481612a"
               "03a3"
               "0119012c"
               "025820aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
               "031901e8"
               "0407"
               "06a7"
               "0100"
               "0258200000000000000000000000000000000000000000000000000000000000000000"
               "0300"
               "0400"
               "0500"
               "0600"
               "0700"));
}

void every_field_comes_back(void**) {
  assert_true(round_trips(small()));
  assert_true(round_trips(full()));
}

void cut_or_extended_is_refused(void**) {
  assert_true(refuses_every_cut());
}

void accepted_means_one_encoding(void**) {
  assert_true(has_one_encoding());
}

void what_is_not_version_1_is_refused(void**) {
  assert_true(refuses(edited(encode(small()), "a50101", "a50102")));    // manifest version
  assert_true(refuses(edited(encode(small()), "0700", "0700181900")));  // unknown key behind
  assert_true(refuses(edited(encode(small()), "a501",
                             "a518"
                             "01")));                                             // key not in shortest form
  assert_true(refuses(edited(encode(small()), "0204", "0206")));                  // unknown kind
  assert_true(refuses(edited(encode(small()), "0204", "0200")));                  // no kind
  assert_true(refuses(edited(encode(small()), "63647462", "60")));                // empty name
  assert_true(refuses(edited(encode(small()), "63647462", "63640a62")));          // not printable
  assert_true(refuses(edited(encode(small()), "0481612a", "0480")));              // no board
  assert_true(refuses(edited(encode(small()), "0407", "041b0000000100000000")));  // 33 bits
  assert_true(refuses(edited(encode(small()), "06a70100", "06a70102")));          // unknown proof status
  assert_true(refuses(edited(encode(small()), "031901e8", "031a00010001")));      // mark too long
  assert_true(refuses(edited(encode(full()),
                             "830001"
                             "18e7",
                             "830101"
                             "18e7")));                                      // system calls not ascending
  assert_true(refuses(edited(encode(full()), "0319ffff", "031a00010000")));  // unknown property
}

void properties_and_names_agree(void**) {
  assert_true(properties_have_distinct_names());
}

}  // namespace
}  // namespace proofmark::sign::test

int main() {
  using namespace proofmark::sign::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(encoding_is_the_specified_one),    cmocka_unit_test(every_field_comes_back),
      cmocka_unit_test(cut_or_extended_is_refused),       cmocka_unit_test(accepted_means_one_encoding),
      cmocka_unit_test(what_is_not_version_1_is_refused), cmocka_unit_test(properties_and_names_agree),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
