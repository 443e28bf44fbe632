// SPDX-License-Identifier: Apache-2.0
//
// The table of a bundle as bytes and back. Writing is our own; reading is the verifier's reader, so that what is written
// is read by other code before it is signed.
#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "proofmark/sign/bundle.h"

namespace proofmark::sign {
namespace {

void append(Bytes& out, std::string_view text) {
  out.insert(out.end(), text.begin(), text.end());
}

template <std::size_t kSize>
void store(std::uint8_t (&field)[kSize], std::uint64_t value) {
  for (std::size_t i = 0; i < kSize; ++i) field[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

pm_bundle_record record_of(const BundleEntry& entry, std::size_t name_offset) {
  pm_bundle_record record{};
  store(record.name_offset, name_offset);
  store(record.path_length, entry.path.size());
  store(record.target_length, entry.target.size());
  store(record.first, entry.first);
  record.type = static_cast<std::uint8_t>(entry.type);
  record.capability_length = static_cast<std::uint8_t>(entry.capability.size());
  store(record.mode, entry.mode);
  store(record.uid, entry.uid);
  store(record.gid, entry.gid);
  store(record.major, entry.major);
  store(record.minor, entry.minor);
  store(record.size, entry.size);
  if (entry.type == PM_BUNDLE_REGULAR) std::copy(entry.digest.begin(), entry.digest.end(), record.digest);
  std::copy_n(entry.capability.begin(), std::min(entry.capability.size(), sizeof record.capability), record.capability);
  return record;
}

Result<std::size_t> check_limits(const BundleTable& table, const std::string& subject) {
  if (table.size() > PM_BUNDLE_ENTRIES_MAX)
    return unknown(subject, fmt::format("too many files for a bundle (expected at most {}, found {})",
                                        static_cast<int>(PM_BUNDLE_ENTRIES_MAX), table.size()));
  std::size_t names = 0;
  for (const auto& entry : table) names += entry.path.size() + entry.target.size();
  if (names > PM_BUNDLE_NAMES_MAX)
    return unknown(subject, fmt::format("the names are too long for a bundle (expected at most {} bytes, found {})",
                                        static_cast<int>(PM_BUNDLE_NAMES_MAX), names));
  return names;
}

struct View {
  ByteView bytes;
};

int view_read(void* context, std::uint64_t offset, void* buffer, std::size_t length) {
  const ByteView bytes = static_cast<View*>(context)->bytes;
  if (offset > bytes.size() || length > bytes.size() - offset) return -1;
  std::memcpy(buffer, bytes.data() + offset, length);
  return 0;
}

Result<void> read_back(const BundleTable& table, const Bytes& bytes, const std::string& subject) {
  View view{bytes};
  const pm_io io = {&view, nullptr, view_read};
  pm_bundle reader;
  if (const auto verdict = pm_bundle_open_unverified(&reader, &io, bytes.size()); verdict != PM_DECODED_UNVERIFIED)
    return unknown(subject, fmt::format("the table cannot be read back: {}", pm_verdict_text(verdict)));
  const auto again = decode_table(reader, subject);
  if (!again) return tl::unexpected(again.error());
  if (*again != table) return unknown(subject, "the table reads back as another", "this is a defect of proofmark");
  return {};
}

BundleEntry entry_of(const pm_bundle_entry& from) {
  const auto text = [](pm_bytes bytes) { return std::string(reinterpret_cast<const char*>(bytes.data), bytes.size); };
  BundleEntry entry;
  entry.path = text(from.path);
  entry.type = static_cast<pm_bundle_type>(from.type);
  entry.mode = from.mode;
  entry.uid = from.uid;
  entry.gid = from.gid;
  entry.first = from.first;
  entry.major = from.major;
  entry.minor = from.minor;
  entry.size = from.size;
  if (from.digest != nullptr) std::copy_n(from.digest, entry.digest.size(), entry.digest.begin());
  entry.target = text(from.target);
  entry.capability.assign(from.capability.data, from.capability.data + from.capability.size);
  return entry;
}

}  // namespace

bool path_precedes(std::string_view left, std::string_view right) {
  const auto rank = [](char c) { return c == '/' ? 0u : static_cast<unsigned>(static_cast<unsigned char>(c)); };
  return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end(),
                                      [&](char a, char b) { return rank(a) < rank(b); });
}

Result<Bytes> encode_table(const BundleTable& table, const std::string& subject) {
  const auto names = check_limits(table, subject);
  if (!names) return tl::unexpected(names.error());
  pm_bundle_header header{};
  std::memcpy(header.magic, PM_BUNDLE_MAGIC, PM_BUNDLE_MAGIC_SIZE);
  store(header.version, PM_BUNDLE_VERSION);
  store(header.entry_count, table.size());
  store(header.name_length, *names);
  Bytes bytes;
  bytes.reserve(sizeof header + table.size() * sizeof(pm_bundle_record) + *names);
  append(bytes, {reinterpret_cast<const char*>(&header), sizeof header});
  std::size_t name_offset = 0;
  for (const auto& entry : table) {
    const pm_bundle_record record = record_of(entry, name_offset);
    append(bytes, {reinterpret_cast<const char*>(&record), sizeof record});
    name_offset += entry.path.size() + entry.target.size();
  }
  for (const auto& entry : table) {
    append(bytes, entry.path);
    append(bytes, entry.target);
  }
  if (auto done = read_back(table, bytes, subject); !done) return tl::unexpected(done.error());
  return bytes;
}

Result<BundleTable> decode_table(pm_bundle& opened, const std::string& subject) {
  BundleTable table;
  table.reserve(opened.entry_count);
  pm_bundle_entry entry;
  pm_verdict verdict = PM_REFUSED;
  while ((verdict = pm_bundle_next(&opened, &entry)) == PM_ACCEPTED || verdict == PM_DECODED_UNVERIFIED)
    table.push_back(entry_of(entry));
  if (verdict == PM_REFUSED_BUNDLE_END) return table;
  return tl::unexpected(
      Error{pm_verdict_exit_code(verdict) == 1 ? Outcome::kRefused : Outcome::kUnknown,
            subject,
            fmt::format("entry {}: {}: {}", table.size(), static_cast<unsigned>(verdict), pm_verdict_text(verdict)),
            {}});
}

}  // namespace proofmark::sign
