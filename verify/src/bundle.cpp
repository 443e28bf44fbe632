// SPDX-License-Identifier: Apache-2.0
//
// Reads the table of a bundle (docs/format.md section 12), each entry once, front to back, or one entry by its path. The
// bytes are authentic, but checked as if they were not: a signer with a defect must not become a device with one.
#include <proofmark/bundle.h>

#include "bundle_entry.h"

namespace proofmark::verify {
namespace {

constexpr uint64_t kEntriesBegin = PM_BUNDLE_HEADER_SIZE;

// 2^20 entries, and one step to find that nothing is left.
constexpr unsigned kSearchSteps = 21;
static_assert(PM_BUNDLE_ENTRIES_MAX < 1u << kSearchSteps);

uint64_t names_begin(const pm_bundle& bundle) {
  return kEntriesBegin + uint64_t{bundle.entry_count} * PM_BUNDLE_ENTRY_SIZE;
}

bool read_exactly(const pm_bundle& bundle, uint64_t offset, void* to, size_t length) {
  return length == 0 || bundle.file->read(bundle.file->context, offset, to, length) == 0;
}

// `length` bytes from `begin` on, of a part of the table that ends at `end`, read ahead as far as the window goes. NULL
// when reading failed. The caller has checked that they lie before `end`, and asks for less than a window.
const uint8_t* fetch(const pm_bundle& bundle, pm_bundle_window* window, uint64_t begin, uint64_t end, size_t length) {
  const bool held = begin >= window->offset && begin - window->offset <= window->length &&
                    length <= window->length - (begin - window->offset);
  if (!held) {
    const uint64_t left = end - begin;
    const size_t size = left < PM_BUNDLE_WINDOW_SIZE ? static_cast<size_t>(left) : size_t{PM_BUNDLE_WINDOW_SIZE};
    window->length = 0;
    if (!read_exactly(bundle, begin, window->bytes, size)) return nullptr;
    window->offset = begin;
    window->length = size;
  }
  return window->bytes + (begin - window->offset);
}

pm_verdict open_table(pm_bundle* bundle, const pm_io* file, uint64_t length, pm_verdict good) {
  zero_bytes(bundle, sizeof *bundle);
  bundle->file = file;
  bundle->good = PM_REFUSED;
  pm_bundle_header header;
  if (length < sizeof header) return PM_REFUSED_BUNDLE_LENGTH;
  if (!read_exactly(*bundle, 0, &header, sizeof header)) return PM_REFUSED_READ_BUNDLE;
  if (!equal_bytes(header.magic, reinterpret_cast<const uint8_t*>(PM_BUNDLE_MAGIC), sizeof header.magic) ||
      !is_zero(header.reserved, sizeof header.reserved)) {
    return PM_REFUSED_BUNDLE_HEADER;
  }
  if (load_le32(header.version) != PM_BUNDLE_VERSION) return PM_REFUSED_BUNDLE_VERSION;
  const uint32_t entries = load_le32(header.entry_count);
  const uint32_t names = load_le32(header.name_length);
  if (entries == 0 || entries > PM_BUNDLE_ENTRIES_MAX || names > PM_BUNDLE_NAMES_MAX) return PM_REFUSED_BUNDLE_LENGTH;
  bundle->entry_count = entries;
  if (length - kEntriesBegin != uint64_t{entries} * PM_BUNDLE_ENTRY_SIZE + names) return PM_REFUSED_BUNDLE_LENGTH;
  bundle->name_length = names;
  bundle->good = good;
  return good;
}

// Names follow each other without a gap, and the last entry leaves none over.
pm_verdict take_names(pm_bundle* bundle, pm_bundle_entry* entry) {
  const size_t path = load_le16(bundle->record.path_length);
  const size_t target = load_le16(bundle->record.target_length);
  if (load_le32(bundle->record.name_offset) != bundle->next_name) return PM_REFUSED_BUNDLE_NAMES;
  if (path > PM_BUNDLE_PATH_MAX) return PM_REFUSED_BUNDLE_PATH;
  if (target > PM_BUNDLE_PATH_MAX) return PM_REFUSED_BUNDLE_TARGET;
  const uint32_t left = bundle->name_length - bundle->next_name;
  if (path + target > left) return PM_REFUSED_BUNDLE_NAMES;
  if (entry->index + 1 == bundle->entry_count && path + target != left) return PM_REFUSED_BUNDLE_NAMES;

  const uint64_t begin = names_begin(*bundle);
  const uint8_t* names =
      fetch(*bundle, &bundle->names, begin + bundle->next_name, begin + bundle->name_length, path + target);
  if (names == nullptr) return PM_REFUSED_READ_BUNDLE;
  uint8_t* own = bundle->paths[entry->index % 2];
  entry->path = keep_text(own, names, path);
  entry->target = keep_text(bundle->target, names + path, target);
  bundle->next_name += static_cast<uint32_t>(path + target);
  return kPassed;
}

// The path before this one decides: what lies between a directory and an entry of it, in this order, lies in it too.
pm_verdict check_place(const pm_bundle& bundle, const pm_bundle_entry& entry) {
  if (entry.index == 0) return kPassed;
  const Bytes previous = {bundle.paths[(entry.index + 1) % 2], bundle.previous_path_length};
  if (compare_paths(previous, entry.path) >= 0) return PM_REFUSED_BUNDLE_ORDER;
  const size_t parent = parent_length(entry.path);
  if (parent == 0) return kPassed;  // directly in the root, which is the first entry and a directory
  if (parent > previous.size || !equal_bytes(previous.data, entry.path.data, parent)) return PM_REFUSED_BUNDLE_PARENT;
  const bool inside = parent < previous.size && previous.data[parent] == '/';
  const bool itself = parent == previous.size && bundle.previous_type == PM_BUNDLE_DIRECTORY;
  return inside || itself ? kPassed : PM_REFUSED_BUNDLE_PARENT;
}

// A hard link repeats everything but the name; what differs would be true of one of its names only.
pm_verdict check_link(pm_bundle* bundle, const pm_bundle_entry& entry) {
  if (entry.first == entry.index) return kPassed;
  pm_bundle_record& first = bundle->found_record;
  const uint64_t offset = kEntriesBegin + uint64_t{entry.first} * PM_BUNDLE_ENTRY_SIZE;
  if (!read_exactly(*bundle, offset, &first, sizeof first)) return PM_REFUSED_READ_BUNDLE;
  constexpr size_t kNames = offsetof(pm_bundle_record, target_length);
  const auto* left = reinterpret_cast<const uint8_t*>(&first) + kNames;
  const auto* right = reinterpret_cast<const uint8_t*>(&bundle->record) + kNames;
  return equal_bytes(left, right, sizeof first - kNames) ? kPassed : PM_REFUSED_BUNDLE_LINK;
}

pm_verdict read_next(pm_bundle* bundle, pm_bundle_entry* entry) {
  const uint32_t index = bundle->next_index;
  const uint64_t offset = kEntriesBegin + uint64_t{index} * PM_BUNDLE_ENTRY_SIZE;
  const uint8_t* record = fetch(*bundle, &bundle->entries, offset, names_begin(*bundle), PM_BUNDLE_ENTRY_SIZE);
  if (record == nullptr) return PM_REFUSED_READ_BUNDLE;
  copy_bytes(&bundle->record, record, sizeof bundle->record);
  pm_verdict verdict = decode_record(bundle->record, index, entry);
  if (verdict != kPassed) return verdict;
  verdict = take_names(bundle, entry);
  if (verdict != kPassed) return verdict;
  verdict = check_names(*entry);
  if (verdict != kPassed) return verdict;
  verdict = check_place(*bundle, *entry);
  if (verdict != kPassed) return verdict;
  verdict = check_link(bundle, *entry);
  if (verdict != kPassed) return verdict;
  bundle->previous_type = entry->type;
  bundle->previous_path_length = static_cast<uint32_t>(entry->path.size);
  ++bundle->next_index;
  return kPassed;
}

bool is_good(const pm_bundle& bundle) {
  return bundle.good == PM_ACCEPTED || bundle.good == PM_DECODED_UNVERIFIED;
}

// Reads the record of one entry and its path, for a search: everything but its neighbours.
pm_verdict look_at(pm_bundle* bundle, uint32_t index, pm_bundle_entry* entry) {
  pm_bundle_record& record = bundle->found_record;
  const uint64_t offset = kEntriesBegin + uint64_t{index} * PM_BUNDLE_ENTRY_SIZE;
  if (!read_exactly(*bundle, offset, &record, sizeof record)) return PM_REFUSED_READ_BUNDLE;
  const size_t path = load_le16(record.path_length);
  const uint32_t name = load_le32(record.name_offset);
  if (path > PM_BUNDLE_PATH_MAX) return PM_REFUSED_BUNDLE_PATH;
  if (name > bundle->name_length || path > bundle->name_length - name) return PM_REFUSED_BUNDLE_NAMES;
  if (!read_exactly(*bundle, names_begin(*bundle) + name, bundle->found_path, path)) return PM_REFUSED_READ_BUNDLE;
  bundle->found_path[path] = 0;
  entry->path = {bundle->found_path, path};
  return kPassed;
}

// The rest of an entry whose path is the right one.
pm_verdict complete(pm_bundle* bundle, uint32_t index, pm_bundle_entry* entry) {
  const Bytes path = entry->path;
  const pm_verdict verdict = decode_record(bundle->found_record, index, entry);
  if (verdict != kPassed) return verdict;
  entry->path = path;
  const size_t target = load_le16(bundle->found_record.target_length);
  const uint32_t name = load_le32(bundle->found_record.name_offset);
  if (target > PM_BUNDLE_PATH_MAX) return PM_REFUSED_BUNDLE_TARGET;
  if (target > bundle->name_length - name - path.size) return PM_REFUSED_BUNDLE_NAMES;
  const uint64_t begin = names_begin(*bundle) + name + path.size;
  if (!read_exactly(*bundle, begin, bundle->target, target)) return PM_REFUSED_READ_BUNDLE;
  bundle->target[target] = 0;
  entry->target = {bundle->target, target};
  return check_names(*entry);
}

pm_verdict search(pm_bundle* bundle, Bytes path, pm_bundle_entry* entry) {
  uint32_t low = 0;
  uint32_t high = bundle->entry_count;
  for (unsigned step = 0; step < kSearchSteps && low < high; ++step) {
    const uint32_t middle = low + (high - low) / 2;
    const pm_verdict verdict = look_at(bundle, middle, entry);
    if (verdict != kPassed) return verdict;
    const int order = compare_paths(path, entry->path);
    if (order == 0) return complete(bundle, middle, entry);
    if (order < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return PM_REFUSED_BUNDLE_NO_ENTRY;
}

}  // namespace
}  // namespace proofmark::verify

using namespace proofmark::verify;

pm_verdict pm_bundle_open(pm_bundle* bundle, const pm_io* file, const pm_result* result) {
  if (bundle == nullptr) return PM_REFUSED_ARGUMENT;
  zero_bytes(bundle, sizeof *bundle);
  if (file == nullptr || file->read == nullptr || result == nullptr) return PM_REFUSED_ARGUMENT;
  if (result->verdict != PM_ACCEPTED || result->authenticated != 1 || result->manifest.kind != PM_KIND_BUNDLE) {
    return PM_REFUSED_BUNDLE_NOT_ACCEPTED;
  }
  return open_table(bundle, file, result->manifest.content_length, PM_ACCEPTED);
}

pm_verdict pm_bundle_open_unverified(pm_bundle* bundle, const pm_io* file, uint64_t length) {
  if (bundle == nullptr) return PM_REFUSED_ARGUMENT;
  zero_bytes(bundle, sizeof *bundle);
  if (file == nullptr || file->read == nullptr) return PM_REFUSED_ARGUMENT;
  return open_table(bundle, file, length, PM_DECODED_UNVERIFIED);
}

pm_verdict pm_bundle_next(pm_bundle* bundle, pm_bundle_entry* entry) {
  if (bundle == nullptr || entry == nullptr) return PM_REFUSED_ARGUMENT;
  zero_bytes(entry, sizeof *entry);
  if (!is_good(*bundle)) return bundle->good;
  if (bundle->next_index >= bundle->entry_count) return PM_REFUSED_BUNDLE_END;
  const pm_verdict verdict = read_next(bundle, entry);
  if (verdict == kPassed) return bundle->good;
  zero_bytes(entry, sizeof *entry);
  bundle->good = verdict;
  return verdict;
}

pm_verdict pm_bundle_find(pm_bundle* bundle, const char* path, size_t length, pm_bundle_entry* entry) {
  if (bundle == nullptr || path == nullptr || entry == nullptr) return PM_REFUSED_ARGUMENT;
  zero_bytes(entry, sizeof *entry);
  if (!is_good(*bundle)) return bundle->good;
  const pm_verdict verdict = search(bundle, {reinterpret_cast<const uint8_t*>(path), length}, entry);
  if (verdict == kPassed) return bundle->good;
  zero_bytes(entry, sizeof *entry);
  return verdict;
}
