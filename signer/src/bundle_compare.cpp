// SPDX-License-Identifier: Apache-2.0
//
// What differs between two tables, in words. Each attribute is a difference of its own, so that a list of them can be
// filtered by what it says.
#include <fmt/format.h>

#include "proofmark/sign/bundle.h"

namespace proofmark::sign {
namespace {

std::string expected_found(const std::string& expected, const std::string& found) {
  return fmt::format("expected {}, found {}", expected, found);
}

std::string capability_words(const Bytes& capability) {
  return capability.empty() ? "none" : to_hex(capability);
}

bool is_device(pm_bundle_type type) {
  return type == PM_BUNDLE_CHARACTER_DEVICE || type == PM_BUNDLE_BLOCK_DEVICE;
}

// The first name of the file that an entry is a hard link of; its own when it is none.
const std::string& first_path(const BundleTable& table, const BundleEntry& entry) {
  return entry.first < table.size() ? table[entry.first].path : entry.path;
}

std::string link_words(const std::string& path, const std::string& first) {
  return path == first ? "a file of its own" : fmt::format("a hard link of {}", printable(first));
}

}  // namespace

std::string printable(std::string_view path) {
  std::string text;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte <= 0x7e && c != '\\')
      text += c;
    else
      text += fmt::format("\\x{:02x}", byte);
  }
  return text.empty() ? "." : text;
}

std::string type_name(pm_bundle_type type) {
  switch (type) {
    case PM_BUNDLE_DIRECTORY:
      return "directory";
    case PM_BUNDLE_REGULAR:
      return "regular file";
    case PM_BUNDLE_SYMLINK:
      return "symbolic link";
    case PM_BUNDLE_CHARACTER_DEVICE:
      return "character device";
    case PM_BUNDLE_BLOCK_DEVICE:
      return "block device";
    case PM_BUNDLE_FIFO:
      return "FIFO";
  }
  return "unknown";
}

std::vector<Difference> compare_entries(const BundleEntry& expected, const BundleEntry& found) {
  std::vector<Difference> all;
  const auto add = [&](const char* what, std::string detail) {
    all.push_back({expected.path, what, std::move(detail)});
  };
  if (expected.type != found.type) {
    add("type", expected_found(type_name(expected.type), type_name(found.type)));
    return all;  // nothing else of two different things can be compared
  }
  if (expected.mode != found.mode)
    add("mode", expected_found(fmt::format("{:04o}", expected.mode), fmt::format("{:04o}", found.mode)));
  if (expected.uid != found.uid || expected.gid != found.gid)
    add("owner",
        expected_found(fmt::format("{}:{}", expected.uid, expected.gid), fmt::format("{}:{}", found.uid, found.gid)));
  if (expected.size != found.size)
    add("content", expected_found(fmt::format("{} bytes", expected.size), fmt::format("{} bytes", found.size)));
  else if (expected.digest != found.digest)
    add("content", expected_found(to_hex(expected.digest), to_hex(found.digest)));
  if (expected.target != found.target)
    add("target", expected_found(printable(expected.target), printable(found.target)));
  if (is_device(expected.type) && (expected.major != found.major || expected.minor != found.minor))
    add("device", expected_found(fmt::format("{}:{}", expected.major, expected.minor),
                                 fmt::format("{}:{}", found.major, found.minor)));
  if (expected.capability != found.capability)
    add("capability", expected_found(capability_words(expected.capability), capability_words(found.capability)));
  return all;
}

std::vector<Difference> compare_tables(const BundleTable& expected, const BundleTable& found) {
  std::vector<Difference> all;
  std::size_t i = 0, j = 0;
  while (i < expected.size() || j < found.size()) {
    if (j == found.size() || (i < expected.size() && path_precedes(expected[i].path, found[j].path))) {
      all.push_back({expected[i].path, "missing", type_name(expected[i].type)});
      ++i;
    } else if (i == expected.size() || path_precedes(found[j].path, expected[i].path)) {
      all.push_back({found[j].path, "extra", type_name(found[j].type)});
      ++j;
    } else {
      for (auto& difference : compare_entries(expected[i], found[j])) all.push_back(std::move(difference));
      const std::string &was = first_path(expected, expected[i]), &is = first_path(found, found[j]);
      if (expected[i].type == found[j].type && was != is)
        all.push_back({expected[i].path, "link",
                       expected_found(link_words(expected[i].path, was), link_words(found[j].path, is))});
      ++i;
      ++j;
    }
  }
  return all;
}

}  // namespace proofmark::sign
