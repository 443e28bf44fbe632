// SPDX-License-Identifier: Apache-2.0
//
// Bundles (docs/format.md section 12): the table of a whole root file system, made from a tree, compared with a tree, or
// compared with another table. Its mark is struck by sign_file() like that of any other file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "proofmark/bundle.h"
#include "proofmark/sign/error.h"

namespace proofmark::sign {

struct BundleEntry {
  std::string path;  // relative to the root, any bytes but zero; empty for the root itself
  pm_bundle_type type = PM_BUNDLE_DIRECTORY;
  std::uint32_t mode = 0;  // permissions with set-user-ID, set-group-ID and sticky bit
  std::uint32_t uid = 0, gid = 0;
  std::uint32_t first = 0;             // index of the first entry that is the same file
  std::uint32_t major = 0, minor = 0;  // devices
  std::uint64_t size = 0;              // bytes of a regular file
  Digest digest{};                     // fs-verity digest of a regular file
  std::string target;                  // of a symbolic link
  Bytes capability;                    // security.capability of a regular file, raw
  bool operator==(const BundleEntry&) const = default;
};

// Sorted by path with '/' before every other byte; the root first.
using BundleTable = std::vector<BundleEntry>;

// The order of the table.
bool path_precedes(std::string_view left, std::string_view right);

// The table as bytes; read back by the verifier's reader before it is returned. `subject` stands in errors.
Result<Bytes> encode_table(const BundleTable& table, const std::string& subject);

// The table in a file: all of it that `opened` is ready to give.
Result<BundleTable> decode_table(pm_bundle& opened, const std::string& subject);

// A path for people: what is not printable ASCII, and the backslash, as \xNN, so that a name can neither move the cursor
// nor be taken for another.
std::string printable(std::string_view path);

std::string type_name(pm_bundle_type type);  // "regular file"

// One difference between what a bundle says and what was found, or between two bundles.
struct Difference {
  std::string path;
  std::string what;  // "missing", "extra", "type", "mode", "owner", "content", "target", "device", "capability", "link"
  std::string detail;  // "expected X, found Y", or empty
  bool operator==(const Difference&) const = default;
};

// What differs in two entries of the same path, hard links aside.
std::vector<Difference> compare_entries(const BundleEntry& expected, const BundleEntry& found);

// Everything that differs, in the order of the paths: "missing" in `found`, "extra" in it, or changed.
std::vector<Difference> compare_tables(const BundleTable& expected, const BundleTable& found);

}  // namespace proofmark::sign
