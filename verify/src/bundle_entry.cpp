// SPDX-License-Identifier: Apache-2.0
//
// See bundle_entry.h. What a type cannot have must be zero, so that an entry has one encoding only.
#include "bundle_entry.h"

namespace proofmark::verify {
namespace {

constexpr uint32_t kSymlinkMode = 0777;
constexpr uint64_t kLargestFile = INT64_MAX;

// struct vfs_cap_data of linux/capability.h: revision in the upper byte, "effective" in bit 0, no other bit in use.
constexpr uint32_t kCapabilityV2 = 0x02000000;
constexpr uint32_t kCapabilityV3 = 0x03000000;
constexpr uint32_t kCapabilityEffective = 1;

bool is_device(uint32_t type) {
  return type == PM_BUNDLE_CHARACTER_DEVICE || type == PM_BUNDLE_BLOCK_DEVICE;
}

bool are_attributes_sound(const pm_bundle_record& record, const pm_bundle_entry& entry) {
  if (entry.mode > PM_BUNDLE_MODE_MAX) return false;
  if (entry.type == PM_BUNDLE_SYMLINK && entry.mode != kSymlinkMode) return false;
  if (is_device(entry.type)) {
    if (entry.major > PM_BUNDLE_MAJOR_MAX || entry.minor > PM_BUNDLE_MINOR_MAX) return false;
  } else if (entry.major != 0 || entry.minor != 0) {
    return false;
  }
  if (entry.type == PM_BUNDLE_REGULAR) return entry.size <= kLargestFile;
  return entry.size == 0 && is_zero(record.digest, sizeof record.digest);
}

bool is_capability_sound(const pm_bundle_record& record, const pm_bundle_entry& entry) {
  const size_t length = record.capability_length;
  if (length > sizeof record.capability || !is_zero(record.capability + length, sizeof record.capability - length)) {
    return false;
  }
  if (length == 0) return true;
  const uint32_t revision = load_le32(record.capability) & ~kCapabilityEffective;
  const bool known = (length == PM_BUNDLE_CAPABILITY_V2_SIZE && revision == kCapabilityV2) ||
                     (length == PM_BUNDLE_CAPABILITY_V3_SIZE && revision == kCapabilityV3);
  return entry.type == PM_BUNDLE_REGULAR && known;
}

// A path that is relative, leads nowhere but down, and has one spelling.
bool is_path_sound(Bytes path) {
  size_t begin = 0;  // of the component
  for (size_t i = 0; i <= path.size; ++i) {
    if (i < path.size && path.data[i] == 0) return false;
    if (i < path.size && path.data[i] != '/') continue;
    const size_t length = i - begin;
    const bool dots = path.data[begin] == '.' && (length == 1 || (length == 2 && path.data[begin + 1] == '.'));
    if (length == 0 || length > PM_BUNDLE_COMPONENT_MAX || dots) return false;
    begin = i + 1;
  }
  return true;
}

bool has_zero(Bytes text) {
  for (size_t i = 0; i < text.size; ++i) {
    if (text.data[i] == 0) return true;
  }
  return false;
}

}  // namespace

int compare_paths(Bytes left, Bytes right) {
  const size_t common = left.size < right.size ? left.size : right.size;
  for (size_t i = 0; i < common; ++i) {
    // No path holds a zero byte, so '/' can take its place in the order.
    const int a = left.data[i] == '/' ? 0 : left.data[i];
    const int b = right.data[i] == '/' ? 0 : right.data[i];
    if (a != b) return a - b;
  }
  if (left.size == right.size) return 0;
  return left.size < right.size ? -1 : 1;
}

size_t parent_length(Bytes path) {
  for (size_t i = path.size; i > 0; --i) {
    if (path.data[i - 1] == '/') return i - 1;
  }
  return 0;
}

pm_verdict decode_record(const pm_bundle_record& record, uint32_t index, pm_bundle_entry* entry) {
  zero_bytes(entry, sizeof *entry);
  entry->index = index;
  entry->type = record.type;
  if (entry->type < PM_BUNDLE_DIRECTORY || entry->type > PM_BUNDLE_FIFO) return PM_REFUSED_BUNDLE_TYPE;
  entry->first = load_le32(record.first);
  entry->mode = load_le16(record.mode);
  entry->uid = load_le32(record.uid);
  entry->gid = load_le32(record.gid);
  entry->major = load_le32(record.major);
  entry->minor = load_le32(record.minor);
  entry->size = load_le64(record.size);
  if (!are_attributes_sound(record, *entry)) return PM_REFUSED_BUNDLE_ATTRIBUTES;
  if (!is_capability_sound(record, *entry)) return PM_REFUSED_BUNDLE_CAPABILITY;
  if (entry->first > index || (entry->first < index && entry->type != PM_BUNDLE_REGULAR)) return PM_REFUSED_BUNDLE_LINK;
  if (entry->type == PM_BUNDLE_REGULAR) entry->digest = record.digest;
  entry->capability = {record.capability, record.capability_length};
  return kPassed;
}

pm_verdict check_names(const pm_bundle_entry& entry) {
  if (entry.index == 0) {
    if (entry.path.size != 0 || entry.type != PM_BUNDLE_DIRECTORY) return PM_REFUSED_BUNDLE_PATH;
  } else if (!is_path_sound(entry.path)) {
    return PM_REFUSED_BUNDLE_PATH;
  }
  const bool is_link = entry.type == PM_BUNDLE_SYMLINK;
  if (is_link != (entry.target.size != 0) || has_zero(entry.target)) return PM_REFUSED_BUNDLE_TARGET;
  return kPassed;
}

}  // namespace proofmark::verify
