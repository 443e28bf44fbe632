// SPDX-License-Identifier: Apache-2.0
//
// The message and the trailer as bytes.
#include "proofmark/sign/mark.h"

#include <algorithm>

#include "support.h"

namespace proofmark::sign::test {
namespace {

constexpr const char* kContentType =
    "a103782761"
    "70706c69636174696f6e2f766e642e70726f6f666d61726b2e6d616e69666573742b63626f72";

Signature signature(std::uint8_t key, std::uint8_t value) {
  Signature signature;
  signature.algorithm = PM_ES256;
  signature.key_id.fill(key);
  signature.value = Bytes(PM_ES256_SIGNATURE_SIZE, value);
  return signature;
}

std::string repeat(const char* hex, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += hex;
  return text;
}

bool structure_is_rfc_9052() {
  const Bytes payload = {0xa0};
  const std::string expected = std::string("8569") + "5369676e6174757265" + "582b" + kContentType +
                               "5826"
                               "a20126045820" +
                               repeat("11", 32) + "40" + "41a0";
  return same(to_hex(to_be_signed(payload, PM_ES256, signature(0x11, 0).key_id)), expected);
}

bool message_is_sorted() {
  const Bytes message = encode_message(Bytes{0xa0}, {signature(0x22, 1), signature(0x11, 2)});
  const auto back = decode_message(message);
  return back && back->signatures.size() == 2 && back->signatures[0].key_id[0] == 0x11 &&
         back->signatures[0].value[0] == 2 && back->size == message.size() &&
         same(to_hex(message).substr(0, 10), "d86284582b");
}

bool refuses(const Bytes& bytes) {
  return fails_with(decode_message(bytes),
                    "proofmark: error: the mark is not a version 1 mark (docs/format.md section 3)\n");
}

bool accepts_only_zero_padding() {
  Bytes area = encode_message(Bytes{0xa0}, {signature(0x11, 2)});
  const std::size_t size = area.size();
  area.resize(size + 7);
  const auto padded = decode_message(area);
  area.back() = 1;
  return padded && padded->size == size && refuses(area);
}

bool refuses_every_cut() {
  const Bytes whole = encode_message(Bytes{0xa0}, {signature(0x11, 2)});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    if (decode_message(ByteView(whole).first(size))) return false;
  }
  return true;
}

Bytes file_with(std::uint64_t before, Trailer trailer) {
  Bytes bytes(before, 0x55);
  const Bytes end = encode_trailer(trailer);
  bytes.insert(bytes.end(), end.begin(), end.end());
  return bytes;
}

Ending ending_of(const Bytes& bytes, bool detached = false) {
  const auto file = InputFile::open(write("trailer", bytes));
  return find_trailer(*file, detached)->ending;
}

// A trailer whose byte at `offset` is another one.
Ending ending_with(std::size_t offset, std::uint8_t value) {
  Bytes bytes = file_with(100, {60, 40});
  bytes[100 + offset] = value;
  return ending_of(bytes);
}

bool trailer_is(const char* hex) {
  return same(to_hex(encode_trailer({0x330, 0x1234567890})), hex);
}

void signed_bytes_are_the_sig_structure(void**) {
  assert_true(structure_is_rfc_9052());
}
void signatures_are_sorted_by_key_id(void**) {
  assert_true(message_is_sorted());
}
void padding_is_zero(void**) {
  assert_true(accepts_only_zero_padding());
}
void cut_message_is_refused(void**) {
  assert_true(refuses_every_cut());
}

void trailer_is_little_endian(void**) {
  assert_true(
      trailer_is("50524f4f464d4b1a"
                 "01000000"
                 "00000000"
                 "3003000000000000"
                 "9078563412000000"));
}

void trailer_must_fit_the_file(void**) {
  assert_int_equal(ending_of(file_with(100, {60, 40})), Ending::kMark);
  assert_int_equal(ending_of(file_with(100, {60, 41})), Ending::kBroken);
  assert_int_equal(ending_of(file_with(100, {0, 100})), Ending::kBroken);
  assert_int_equal(ending_of(file_with(100, {101, UINT64_MAX})), Ending::kBroken);
  assert_int_equal(ending_of(file_with(70000, {65537, 70000 - 65537})), Ending::kBroken);
  assert_int_equal(ending_of(file_with(60, {60, 12345}), true), Ending::kMark);
  assert_int_equal(ending_of(file_with(61, {60, 12345}), true), Ending::kBroken);
  assert_int_equal(ending_of(Bytes(31)), Ending::kNoMark);
  assert_int_equal(ending_of(Bytes()), Ending::kNoMark);
}

void trailer_of_another_version_is_no_mark(void**) {
  assert_int_equal(ending_with(0, 'p'), Ending::kNoMark);
  assert_int_equal(ending_with(8, 2), Ending::kBroken);
  assert_int_equal(ending_with(11, 1), Ending::kBroken);
  assert_int_equal(ending_with(12, 1), Ending::kBroken);
}

}  // namespace
}  // namespace proofmark::sign::test

int main() {
  using namespace proofmark::sign::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(signed_bytes_are_the_sig_structure),
      cmocka_unit_test(signatures_are_sorted_by_key_id),
      cmocka_unit_test(padding_is_zero),
      cmocka_unit_test(cut_message_is_refused),
      cmocka_unit_test(trailer_is_little_endian),
      cmocka_unit_test(trailer_must_fit_the_file),
      cmocka_unit_test(trailer_of_another_version_is_no_mark),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
