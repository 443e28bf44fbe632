// SPDX-License-Identifier: Apache-2.0
//
// How the signer says that something did not work: an outcome, which becomes the exit code, the file it is about, what is
// wrong with it, and a cure when one is known. Nothing in the library prints or exits.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace proofmark::sign {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using Digest = std::array<std::uint8_t, 32>;  // SHA-256, everywhere in a mark

// The values are the exit codes of the program.
enum class Outcome : int {
  kRefused = 1,  // the answer is no: not proved, not trusted, already signed
  kUsage = 2,    // the request itself makes no sense
  kUnknown = 3,  // no answer: unreadable or malformed input, no space, no permission
};

struct Error {
  Outcome outcome = Outcome::kUnknown;
  std::string subject;  // the file, or empty
  std::string what;     // what is wrong (expected X, found Y)
  std::string hint;     // what cures it, or empty
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> refused(std::string subject, std::string what, std::string hint = {}) {
  return tl::unexpected(Error{Outcome::kRefused, std::move(subject), std::move(what), std::move(hint)});
}
inline tl::unexpected<Error> usage(std::string subject, std::string what, std::string hint = {}) {
  return tl::unexpected(Error{Outcome::kUsage, std::move(subject), std::move(what), std::move(hint)});
}
inline tl::unexpected<Error> unknown(std::string subject, std::string what, std::string hint = {}) {
  return tl::unexpected(Error{Outcome::kUnknown, std::move(subject), std::move(what), std::move(hint)});
}

// "proofmark: error: FILE: what is wrong", then "hint: ..." on a line of its own; each line ends in a newline.
std::string message(const Error& error);

std::string to_hex(ByteView bytes);
// Nothing but an even number of hex digits, of either case.
Result<Bytes> from_hex(const std::string& text);
// 64 hex digits.
std::optional<Digest> digest_from_hex(const std::string& text);

}  // namespace proofmark::sign
