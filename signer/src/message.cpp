// SPDX-License-Identifier: Apache-2.0
//
// COSE_Sign with the one shape that marks have: content type and nothing else protected in the body, algorithm and key id
// and nothing else protected per signature, nothing unprotected at all.
#include <algorithm>

#include "proofmark/sign/cbor.h"
#include "proofmark/sign/mark.h"

namespace proofmark::sign {
namespace {

Bytes body_protected(std::string_view content_type) {
  CborWriter out;
  out.map(1);
  out.number(PM_COSE_HEADER_CONTENT_TYPE);
  out.text(content_type);
  return out.out();
}

Bytes signature_protected(pm_algorithm algorithm, const Digest& key_id) {
  CborWriter out;
  out.map(2);
  out.number(PM_COSE_HEADER_ALGORITHM);
  out.integer(algorithm);
  out.number(PM_COSE_HEADER_KEY_ID);
  out.bytes(key_id);
  return out.out();
}

// Marks of version 1 know these and no other.
pm_algorithm read_algorithm(CborReader& in) {
  const auto number = in.integer();
  for (const pm_algorithm known : {PM_PS256, PM_ES256, PM_ES384, PM_HSS_LMS})
    if (number == known) return known;
  in.fail();
  return PM_PS256;
}

Signature read_signature(CborReader& in) {
  constexpr std::size_t kMaxHeader = 64;
  Signature signature;
  in.array(3, 3);
  const Bytes header_bytes = in.bytes(1, kMaxHeader);
  CborReader header(header_bytes);
  header.map(2, 2);
  if (header.number() != PM_COSE_HEADER_ALGORITHM) in.fail();
  signature.algorithm = read_algorithm(header);
  if (header.number() != PM_COSE_HEADER_KEY_ID) in.fail();
  signature.key_id = header.digest();
  if (!header.ok() || !header.at_end()) in.fail();
  in.map(0, 0);
  signature.value = in.bytes(1, PM_SIGNATURE_MAX_SIZE);
  return signature;
}

Message read_message_of(CborReader& in, std::string_view content_type, std::size_t least, std::size_t most) {
  Message message;
  in.tag(PM_COSE_SIGN_TAG);
  in.array(4, 4);
  if (in.bytes(0, PM_MARK_MAX_SIZE) != body_protected(content_type)) in.fail();
  in.map(0, 0);
  message.payload = in.bytes(1, PM_MARK_MAX_SIZE);
  const std::size_t count = in.array(least, most);
  for (std::size_t i = 0; i < count; ++i) message.signatures.push_back(read_signature(in));
  message.size = in.offset();
  return message;
}

}  // namespace

Bytes to_be_signed(ByteView payload, pm_algorithm algorithm, const Digest& key_id, std::string_view content_type) {
  CborWriter out;
  out.array(5);
  out.text(PM_SIGNATURE_CONTEXT);
  out.bytes(body_protected(content_type));
  out.bytes(signature_protected(algorithm, key_id));
  out.bytes({});  // external_aad
  out.bytes(payload);
  return out.out();
}

Bytes encode_message(ByteView payload, std::vector<Signature> signatures, std::string_view content_type) {
  std::sort(signatures.begin(), signatures.end(), [](const auto& a, const auto& b) { return a.key_id < b.key_id; });
  CborWriter out;
  out.tag(PM_COSE_SIGN_TAG);
  out.array(4);
  out.bytes(body_protected(content_type));
  out.map(0);
  out.bytes(payload);
  out.array(signatures.size());
  for (const auto& signature : signatures) {
    out.array(3);
    out.bytes(signature_protected(signature.algorithm, signature.key_id));
    out.map(0);
    out.bytes(signature.value);
  }
  return out.out();
}

Result<Message> decode_message(ByteView area) {
  CborReader in(area);
  Message message = read_message_of(in, PM_CONTENT_TYPE, 1, PM_SIGNATURES_MAX);
  const ByteView padding = area.subspan(message.size);
  const bool zero = std::all_of(padding.begin(), padding.end(), [](std::uint8_t byte) { return byte == 0; });
  if (!in.ok() || !zero) return unknown("", "the mark is not a version 1 mark (docs/format.md section 3)");
  return message;
}

Result<Message> decode_store_message(ByteView file) {
  CborReader in(file);
  Message message = read_message_of(in, PM_TRUST_CONTENT_TYPE, 0, PM_TRUST_SIGNATURES_MAX);
  if (!in.ok() || !in.at_end()) return unknown("", "not a trust store (docs/format.md section 13)");
  return message;
}

}  // namespace proofmark::sign
