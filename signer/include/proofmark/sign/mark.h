// SPDX-License-Identifier: Apache-2.0
//
// The mark as bytes: a COSE_Sign message (RFC 9052 section 4.1) around a manifest, and the trailer that leads to it
// (docs/format.md sections 2 and 6). Nothing here knows about files that are signed, or about trust.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "proofmark/format.h"
#include "proofmark/sign/error.h"
#include "proofmark/sign/files.h"

namespace proofmark::sign {

struct Trailer {
  std::uint64_t mark_length = 0;  // bytes of the mark area
  std::uint64_t covered = 0;      // N
};

struct Signature {
  pm_algorithm algorithm = PM_PS256;
  Digest key_id{};
  Bytes value;
};

struct Message {
  Bytes payload;
  std::vector<Signature> signatures;
  std::size_t size = 0;  // bytes of the message, without the padding of the mark area
};

// The bytes that a signature signs: the Sig_structure of RFC 9052 section 4.4.
Bytes to_be_signed(ByteView payload, pm_algorithm algorithm, const Digest& key_id,
                   std::string_view content_type = PM_CONTENT_TYPE);
// Sorts the signatures by key id.
Bytes encode_message(ByteView payload, std::vector<Signature> signatures,
                     std::string_view content_type = PM_CONTENT_TYPE);
// Accepts what encode_message() writes and zero bytes behind it. Checks no signature.
Result<Message> decode_message(ByteView area);
// The message of a trust store: the whole of `file`, with no signature (a draft) up to PM_TRUST_SIGNATURES_MAX of them.
Result<Message> decode_store_message(ByteView file);

Bytes encode_trailer(const Trailer& trailer);

// What stands at the end of a file.
enum class Ending {
  kNoMark,  // no trailer
  kMark,    // a trailer whose numbers fit the file
  kBroken,  // a trailer that does not: other version, or lengths that do not add up
};
struct Found {
  Ending ending = Ending::kNoMark;
  Trailer trailer;
};
// `detached` is true for a mark file, which holds only the mark area and the trailer.
Result<Found> find_trailer(const InputFile& file, bool detached = false);

// Both readers in one: the mark of a file whose trailer was found.
Result<Message> read_message(const InputFile& file, const Trailer& trailer);

// True when the last part of a file holds a trailer anywhere: the file grew after it was signed.
Result<bool> has_buried_trailer(const InputFile& file);

}  // namespace proofmark::sign
