// SPDX-License-Identifier: Apache-2.0
//
// The envelope of everything that is kept between runs: one line that says what follows, for which key, and a check value
// over all of it. Entries are read from disks and servers that may have lost, truncated or swapped them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace proofmark::analyze {

// "manifest": what a unit with this key looked at in earlier runs; "result": what was found.
enum class EntryKind { kManifest, kResult, kFunctions };

struct EntryName {
  EntryKind kind = EntryKind::kResult;
  std::string key;  // SHA-256, lower-case hex
};

inline constexpr size_t kMaxEntryBytes = size_t{32} << 20;

std::string_view entry_kind_name(EntryKind kind);

// With a secret the check value is an HMAC-SHA256, which only who knows the secret can make; without one it is a plain
// SHA-256, which tells accidents only.
std::string seal_entry(const EntryName& name, std::string_view content, std::string_view secret = {});

// The content; nothing when the envelope is not that of `name`, or anything in it is not as it was written.
std::optional<std::string_view> open_entry(const EntryName& name, std::string_view sealed,
                                           std::string_view secret = {});

}  // namespace proofmark::analyze
