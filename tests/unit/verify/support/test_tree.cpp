// SPDX-License-Identifier: Apache-2.0
//
// Writes the table of a bundle for a real directory tree, to be signed by the test signer. Not the signer's code: what
// proofmark-init makes of a tree is tested against a second reading of docs/format.md section 12.
//
//   proofmark-test-tree DIR OUT
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "bundle_table.h"
#include "marked_file.h"

using namespace proofmark::verify_test;
namespace fs = std::filesystem;

namespace {

using Bytes = std::vector<uint8_t>;

struct Item {
  std::string path;
  std::string target;
  pm_bundle_record record = {};
};

uint8_t type_of(const struct stat& facts) {
  switch (facts.st_mode & S_IFMT) {
    case S_IFDIR:
      return PM_BUNDLE_DIRECTORY;
    case S_IFLNK:
      return PM_BUNDLE_SYMLINK;
    case S_IFCHR:
      return PM_BUNDLE_CHARACTER_DEVICE;
    case S_IFBLK:
      return PM_BUNDLE_BLOCK_DEVICE;
    case S_IFIFO:
      return PM_BUNDLE_FIFO;
    default:
      return PM_BUNDLE_REGULAR;
  }
}

Item read_item(const fs::path& file, const std::string& path) {
  Item item;
  item.path = path;
  struct stat facts = {};
  if (lstat(file.c_str(), &facts) != 0)
    throw fs::filesystem_error("stat", file, std::error_code(errno, std::generic_category()));
  item.record.type = type_of(facts);
  set(item.record.mode, facts.st_mode & 07777u);
  set(item.record.uid, facts.st_uid);
  set(item.record.gid, facts.st_gid);
  if (item.record.type == PM_BUNDLE_SYMLINK) item.target = fs::read_symlink(file);
  if (S_ISCHR(facts.st_mode) || S_ISBLK(facts.st_mode)) {
    set(item.record.major, major(facts.st_rdev));
    set(item.record.minor, minor(facts.st_rdev));
  }
  if (item.record.type == PM_BUNDLE_REGULAR) {
    std::ifstream in(file, std::ios::binary);
    const Bytes content{std::istreambuf_iterator<char>(in), {}};
    set(item.record.size, content.size());
    reference_content_digest(content.data(), content.size(), item.record.digest);
  }
  return item;
}

// '/' before every other byte.
bool is_before(const Item& left, const Item& right) {
  const auto weight = [](char c) { return c == '/' ? 0 : static_cast<int>(static_cast<unsigned char>(c)) + 1; };
  return std::lexicographical_compare(left.path.begin(), left.path.end(), right.path.begin(), right.path.end(),
                                      [&](char a, char b) { return weight(a) < weight(b); });
}

Bytes encode(std::vector<Item> items) {
  pm_bundle_header header = {};
  std::memcpy(header.magic, PM_BUNDLE_MAGIC, PM_BUNDLE_MAGIC_SIZE);
  set(header.version, PM_BUNDLE_VERSION);
  set(header.entry_count, items.size());
  std::string names;
  for (size_t i = 0; i < items.size(); ++i) {
    set(items[i].record.first, i);
    set(items[i].record.name_offset, names.size());
    set(items[i].record.path_length, items[i].path.size());
    set(items[i].record.target_length, items[i].target.size());
    names += items[i].path + items[i].target;
  }
  set(header.name_length, names.size());
  Bytes table;
  const auto put = [&](const void* bytes, size_t size) {
    table.insert(table.end(), static_cast<const uint8_t*>(bytes), static_cast<const uint8_t*>(bytes) + size);
  };
  put(&header, sizeof header);
  for (const Item& item : items) put(&item.record, sizeof item.record);
  put(names.data(), names.size());
  return table;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const fs::path root = arguments[1];
  std::vector<Item> items = {read_item(root, "")};
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
    items.push_back(read_item(entry.path(), entry.path().lexically_relative(root)));
  }
  std::sort(items.begin(), items.end(), is_before);
  const Bytes table = encode(items);
  std::ofstream out(arguments[2], std::ios::binary);
  out.write(reinterpret_cast<const char*>(table.data()), static_cast<std::streamsize>(table.size()));
  return out.flush() ? 0 : 3;
}
