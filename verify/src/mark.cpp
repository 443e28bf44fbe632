// SPDX-License-Identifier: Apache-2.0
//
// Finds and takes apart a mark (see mark.h). Everything here is written by whoever wrote the file: lengths are compared
// by subtraction with the size that the system reports, in 64 bits, and nothing is sized by them.
#include "mark.h"

#include "cbor.h"
#include "session.h"

namespace proofmark::verify {
namespace {

// {3: "application/vnd.proofmark.manifest+cbor"} in deterministic CBOR.
constexpr char kBodyProtected[] = "\xa1\x03\x78\x27" PM_CONTENT_TYPE;
static_assert(sizeof(PM_CONTENT_TYPE) - 1 == 0x27, "the text length in the constant above");
constexpr char kStoreProtected[] = "\xa1\x03\x78\x24" PM_TRUST_CONTENT_TYPE;
static_assert(sizeof(PM_TRUST_CONTENT_TYPE) - 1 == 0x24, "the text length in the constant above");

Bytes without_zero(const char* text, size_t size) {
  return {reinterpret_cast<const uint8_t*>(text), size - 1};
}

// Places of the three parts. In a detached mark nothing is covered in the mark file itself.
pm_verdict check_lengths(uint64_t file_size, uint64_t room, bool detached, const Mark& mark) {
  if (mark.mark_length == 0 || mark.mark_length > PM_MARK_MAX_SIZE) return PM_REFUSED_MARK_LENGTH;
  if (mark.mark_length > room) return PM_REFUSED_MARK_LONGER_THAN_FILE;
  const uint64_t covered = detached ? file_size : room - mark.mark_length;
  if (mark.covered_length != covered) return PM_REFUSED_COVERED_LENGTH;
  if (detached && room != mark.mark_length) return PM_REFUSED_COVERED_LENGTH;
  return kPassed;
}

pm_verdict read_trailer(const pm_io& holder, uint64_t offset, Mark* mark) {
  pm_trailer trailer;
  if (holder.read(holder.context, offset, &trailer, sizeof trailer) != 0) return PM_REFUSED_READ_TRAILER;
  if (!equal_bytes(trailer.magic, reinterpret_cast<const uint8_t*>(PM_TRAILER_MAGIC), sizeof trailer.magic)) {
    return PM_REFUSED_UNSIGNED;
  }
  if (load_le32(trailer.version) != PM_FORMAT_VERSION) return PM_REFUSED_FORMAT_VERSION;
  if (load_le32(trailer.reserved) != 0) return PM_REFUSED_TRAILER_RESERVED;
  mark->mark_length = load_le64(trailer.mark_length);
  mark->covered_length = load_le64(trailer.covered_length);
  return kPassed;
}

// COSE_Signature = [protected {1: algorithm, 4: key id}, {}, signature], RFC 9052 section 4.1.
pm_verdict parse_signature(CborReader* message, Signature* signature) {
  uint32_t none = 0;
  if (!message->read_array(3) || !message->read_bytes(1, 64, &signature->protected_header)) {
    return PM_REFUSED_SIGNATURE_FORM;
  }
  if (!message->read_map(0, 0, &none)) return PM_REFUSED_MARK_UNPROTECTED;
  if (!message->read_bytes(1, PM_SIGNATURE_MAX_SIZE, &signature->bytes)) return PM_REFUSED_SIGNATURE_LENGTH;

  CborReader header(signature->protected_header);
  CborMap fields(&header, 2);
  if (!fields.has(PM_COSE_HEADER_ALGORITHM) || !header.read_negative(&signature->algorithm)) {
    return PM_REFUSED_SIGNATURE_ALGORITHM;
  }
  if (!is_known_algorithm(signature->algorithm)) return PM_REFUSED_SIGNATURE_ALGORITHM;
  if (!fields.has(PM_COSE_HEADER_KEY_ID) || !header.read_digest(&signature->key_id)) {
    return PM_REFUSED_SIGNATURE_KEY_ID;
  }
  if (!fields.finished() || !header.at_end()) return PM_REFUSED_SIGNATURE_FORM;
  if (!is_signature_size(signature->algorithm, signature->bytes.size)) return PM_REFUSED_SIGNATURE_LENGTH;
  return kPassed;
}

// Strictly ascending key ids: one order for the same signatures, and no key counted twice.
bool is_ascending(const uint8_t* left, const uint8_t* right) {
  return __builtin_memcmp(left, right, PM_KEY_ID_SIZE) < 0;
}

pm_verdict parse_signatures(CborReader* message, uint32_t most, Mark* mark) {
  if (!message->read_array(1, most, &mark->signature_count)) return PM_REFUSED_SIGNATURE_COUNT;
  for (uint32_t i = 0; i < mark->signature_count; ++i) {
    const pm_verdict parsed = parse_signature(message, &mark->signatures[i]);
    if (parsed != kPassed) return parsed;
    if (i > 0 && !is_ascending(mark->signatures[i - 1].key_id, mark->signatures[i].key_id)) {
      return PM_REFUSED_SIGNATURE_ORDER;
    }
  }
  return kPassed;
}

}  // namespace

bool is_known_algorithm(int32_t algorithm) {
  return algorithm == PM_ES256 || algorithm == PM_ES384 || algorithm == PM_PS256 || algorithm == PM_HSS_LMS;
}

bool is_signature_size(int32_t algorithm, size_t size) {
  switch (algorithm) {
    case PM_ES256:
      return size == PM_ES256_SIGNATURE_SIZE;
    case PM_ES384:
      return size == PM_ES384_SIGNATURE_SIZE;
    case PM_PS256:
      return size == PM_RSA3072_SIGNATURE_SIZE || size == PM_RSA4096_SIGNATURE_SIZE;
    case PM_HSS_LMS:
      return size >= PM_HSS_SIGNATURE_MIN_SIZE && size <= PM_SIGNATURE_MAX_SIZE;
    default:
      return false;
  }
}

MessageKind mark_message() {
  return {without_zero(kBodyProtected, sizeof kBodyProtected), PM_SIGNATURES_MAX};
}

MessageKind trust_store_message() {
  return {without_zero(kStoreProtected, sizeof kStoreProtected), PM_TRUST_SIGNATURES_MAX};
}

pm_verdict load_mark(const pm_io& file, const pm_io* detached, uint8_t* buffer, Mark* mark) {
  const pm_io& holder = detached != nullptr ? *detached : file;
  uint64_t file_size = 0;
  uint64_t holder_size = 0;
  if (file.size(file.context, &file_size) != 0) return PM_REFUSED_FILE_SIZE;
  if (holder.size(holder.context, &holder_size) != 0) return PM_REFUSED_FILE_SIZE;
  if (holder_size < PM_TRAILER_SIZE) return PM_REFUSED_UNSIGNED_SHORT;
  const uint64_t room = holder_size - PM_TRAILER_SIZE;

  const pm_verdict trailer = read_trailer(holder, room, mark);
  if (trailer != kPassed) return trailer;
  const pm_verdict lengths = check_lengths(file_size, room, detached != nullptr, *mark);
  if (lengths != kPassed) return lengths;
  const auto size = static_cast<size_t>(mark->mark_length);
  if (holder.read(holder.context, room - mark->mark_length, buffer, size) != 0) return PM_REFUSED_READ_MARK;
  return kPassed;
}

pm_verdict parse_message(Bytes input, MessageKind kind, Mark* mark) {
  CborReader message(input);
  uint32_t none = 0;
  if (!message.read_tag(PM_COSE_SIGN_TAG) || !message.read_array(4)) return PM_REFUSED_MARK_FORM;

  const Bytes expected = kind.protected_header;
  if (!message.read_bytes(expected.size, expected.size, &mark->protected_header)) return PM_REFUSED_MARK_CONTENT_TYPE;
  if (!equal_bytes(mark->protected_header.data, expected.data, expected.size)) return PM_REFUSED_MARK_CONTENT_TYPE;
  if (!message.read_map(0, 0, &none)) return PM_REFUSED_MARK_UNPROTECTED;
  if (!message.read_bytes(1, PM_MARK_MAX_SIZE, &mark->payload)) return PM_REFUSED_MARK_PAYLOAD;

  const pm_verdict signatures = parse_signatures(&message, kind.signatures_max, mark);
  if (signatures != kPassed) return signatures;
  mark->message = {input.data, input.size - message.rest().size};
  return kPassed;
}

pm_verdict parse_mark(const uint8_t* buffer, Mark* mark) {
  const auto size = static_cast<size_t>(mark->mark_length);
  const pm_verdict parsed = parse_message({buffer, size}, mark_message(), mark);
  if (parsed != kPassed) return parsed;
  // What follows the message is not signed, so it may carry nothing.
  for (size_t i = mark->message.size; i < size; ++i) {
    if (buffer[i] != 0) return PM_REFUSED_MARK_PADDING;
  }
  return kPassed;
}

pm_verdict check_mark(Session* session) {
  uint8_t* buffer = session->work->mark;
  const pm_verdict loaded = load_mark(*session->file, session->detached_mark, buffer, &session->mark);
  if (loaded != kPassed) return loaded;
  const pm_verdict parsed = parse_mark(buffer, &session->mark);
  if (parsed != kPassed) return parsed;
  session->passed |= kStageMark;
  return kPassed;
}

}  // namespace proofmark::verify
