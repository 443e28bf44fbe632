// SPDX-License-Identifier: Apache-2.0
//
// Tables of bundles that must be refused, one defect each. The unit test reads them on the host, tests/attacks/bundle.sh
// with the device library of both architectures.
#include <iterator>

#include "bundle_table.h"

namespace proofmark::verify_test {
namespace {

// The sample with one entry replaced.
void replace(Table* table, uint32_t index, TableEntry entry) {
  TableEntry entries[kSampleCount];
  std::memcpy(entries, kSampleEntries, sizeof entries);
  entries[index] = entry;
  make_table(entries, kSampleCount, table);
}

// The sample with one entry left out, which only the names of its neighbours show.
void leave_out(Table* table, uint32_t index) {
  TableEntry entries[kSampleCount];
  std::memcpy(entries, kSampleEntries, sizeof entries);
  for (uint32_t i = index; i + 1 < kSampleCount; ++i) entries[i] = entries[i + 1];
  make_table(entries, kSampleCount - 1, table);
}

void with_path(Table* table, const char* path) {
  replace(table, kSampleCount - 1, {PM_BUNDLE_REGULAR, path, 0644});
}

const char* long_text(size_t length) {
  static char text[PM_BUNDLE_PATH_MAX + 2];
  std::memset(text, 'x', sizeof text);
  text[length] = '\0';
  return text;
}

const char* deep_path(size_t length) {
  static char text[PM_BUNDLE_PATH_MAX + 2];
  for (size_t i = 0; i < length; ++i) text[i] = i % 2 == 0 ? 'x' : '/';
  text[length] = '\0';
  return text;
}

}  // namespace

const TableCase kTableCases[] = {
    {"empty", PM_REFUSED_BUNDLE_LENGTH, [](Table* t) { t->size = 0; }},
    {"cut-header", PM_REFUSED_BUNDLE_LENGTH, [](Table* t) { t->size = PM_BUNDLE_HEADER_SIZE - 1; }},
    {"magic", PM_REFUSED_BUNDLE_HEADER, [](Table* t) { t->bytes[7] ^= 1; }},
    {"reserved", PM_REFUSED_BUNDLE_HEADER, [](Table* t) { t->header()->reserved[11] = 1; }},
    {"version-0", PM_REFUSED_BUNDLE_VERSION, [](Table* t) { set(t->header()->version, 0); }},
    {"version-2", PM_REFUSED_BUNDLE_VERSION, [](Table* t) { set(t->header()->version, 2); }},
    {"no-entry", PM_REFUSED_BUNDLE_LENGTH,
     [](Table* t) {
       set(t->header()->entry_count, 0);
       set(t->header()->name_length, t->size - PM_BUNDLE_HEADER_SIZE);
     }},
    {"too-many", PM_REFUSED_BUNDLE_LENGTH, [](Table* t) { set(t->header()->entry_count, PM_BUNDLE_ENTRIES_MAX + 1); }},
    {"count-wraps", PM_REFUSED_BUNDLE_LENGTH, [](Table* t) { set(t->header()->entry_count, UINT32_MAX); }},
    {"one-less", PM_REFUSED_BUNDLE_LENGTH, [](Table* t) { set(t->header()->entry_count, kSampleCount - 1); }},
    {"one-more", PM_REFUSED_BUNDLE_LENGTH, [](Table* t) { set(t->header()->entry_count, kSampleCount + 1); }},
    {"names-wrap", PM_REFUSED_BUNDLE_LENGTH, [](Table* t) { set(t->header()->name_length, UINT32_MAX); }},
    {"cut", PM_REFUSED_BUNDLE_LENGTH, [](Table* t) { --t->size; }},
    {"appended", PM_REFUSED_BUNDLE_LENGTH, [](Table* t) { ++t->size; }},

    {"type-0", PM_REFUSED_BUNDLE_TYPE, [](Table* t) { t->record(5)->type = 0; }},
    {"type-7", PM_REFUSED_BUNDLE_TYPE, [](Table* t) { t->record(5)->type = 7; }},
    {"mode", PM_REFUSED_BUNDLE_ATTRIBUTES, [](Table* t) { set(t->record(5)->mode, 010000); }},
    {"link-mode", PM_REFUSED_BUNDLE_ATTRIBUTES, [](Table* t) { set(t->record(4)->mode, 0755); }},
    {"directory-size", PM_REFUSED_BUNDLE_ATTRIBUTES, [](Table* t) { set(t->record(1)->size, 1); }},
    {"directory-digest", PM_REFUSED_BUNDLE_ATTRIBUTES, [](Table* t) { t->record(1)->digest[31] = 1; }},
    {"huge", PM_REFUSED_BUNDLE_ATTRIBUTES, [](Table* t) { set(t->record(5)->size, uint64_t{1} << 63); }},
    {"major", PM_REFUSED_BUNDLE_ATTRIBUTES, [](Table* t) { set(t->record(8)->major, PM_BUNDLE_MAJOR_MAX + 1); }},
    {"minor", PM_REFUSED_BUNDLE_ATTRIBUTES, [](Table* t) { set(t->record(8)->minor, PM_BUNDLE_MINOR_MAX + 1); }},
    {"file-major", PM_REFUSED_BUNDLE_ATTRIBUTES, [](Table* t) { set(t->record(5)->major, 1); }},
    {"fifo-minor", PM_REFUSED_BUNDLE_ATTRIBUTES, [](Table* t) { set(t->record(7)->minor, 1); }},

    {"overlap", PM_REFUSED_BUNDLE_NAMES, [](Table* t) { set(t->record(2)->name_offset, 0); }},
    {"gap", PM_REFUSED_BUNDLE_NAMES, [](Table* t) { set(t->record(2)->name_offset, 4); }},
    {"name-wraps", PM_REFUSED_BUNDLE_NAMES, [](Table* t) { set(t->record(2)->name_offset, UINT32_MAX); }},
    {"past-end", PM_REFUSED_BUNDLE_NAMES,
     [](Table* t) { set(t->record(kSampleCount - 1)->path_length, PM_BUNDLE_PATH_MAX); }},
    {"left-over", PM_REFUSED_BUNDLE_NAMES, [](Table* t) { set(t->record(kSampleCount - 1)->path_length, 5); }},
    {"path-4096", PM_REFUSED_BUNDLE_PATH, [](Table* t) { set(t->record(1)->path_length, PM_BUNDLE_PATH_MAX + 1); }},

    {"root-named", PM_REFUSED_BUNDLE_PATH, [](Table* t) { replace(t, 0, {PM_BUNDLE_DIRECTORY, "a", 0755}); }},
    {"root-link", PM_REFUSED_BUNDLE_PATH, [](Table* t) { replace(t, 0, {PM_BUNDLE_SYMLINK, "", 0777, "x"}); }},
    {"no-root", PM_REFUSED_BUNDLE_PATH, [](Table* t) { leave_out(t, 0); }},
    {"second-root", PM_REFUSED_BUNDLE_PATH, [](Table* t) { replace(t, 1, {PM_BUNDLE_DIRECTORY, "", 0755}); }},
    {"absolute", PM_REFUSED_BUNDLE_PATH, [](Table* t) { with_path(t, "/etc"); }},
    {"trailing-slash", PM_REFUSED_BUNDLE_PATH, [](Table* t) { with_path(t, "dev/x/"); }},
    {"double-slash", PM_REFUSED_BUNDLE_PATH, [](Table* t) { with_path(t, "dev//x"); }},
    {"dot", PM_REFUSED_BUNDLE_PATH, [](Table* t) { with_path(t, "dev/."); }},
    {"dot-dot", PM_REFUSED_BUNDLE_PATH, [](Table* t) { with_path(t, "dev/../x"); }},
    {"dot-dot-first", PM_REFUSED_BUNDLE_PATH, [](Table* t) { with_path(t, "../x"); }},
    {"component-256", PM_REFUSED_BUNDLE_PATH, [](Table* t) { with_path(t, long_text(256)); }},
    {"path-zero", PM_REFUSED_BUNDLE_PATH,
     [](Table* t) {
       with_path(t, "dev/x");
       t->bytes[t->size - 1] = 0;
     }},

    {"swapped", PM_REFUSED_BUNDLE_ORDER,
     [](Table* t) { replace(t, 2, {PM_BUNDLE_REGULAR, "bin/zzz", 0644, "", 5, 0, 0, -1, 20}); }},
    {"twice", PM_REFUSED_BUNDLE_ORDER, [](Table* t) { replace(t, 7, {PM_BUNDLE_DIRECTORY, "dev", 01777}); }},
    {"bytewise", PM_REFUSED_BUNDLE_ORDER, [](Table* t) { replace(t, 6, {PM_BUNDLE_REGULAR, "bin/late", 0644}); }},
    {"orphan", PM_REFUSED_BUNDLE_PARENT, [](Table* t) { with_path(t, "etc/x"); }},
    {"orphan-deep", PM_REFUSED_BUNDLE_PARENT, [](Table* t) { with_path(t, deep_path(PM_BUNDLE_PATH_MAX)); }},
    {"skipped-parent", PM_REFUSED_BUNDLE_PARENT, [](Table* t) { with_path(t, "dev/zz/x"); }},
    {"prefix-parent", PM_REFUSED_BUNDLE_PARENT, [](Table* t) { with_path(t, "dev/\xff/x"); }},
    {"through-file", PM_REFUSED_BUNDLE_PARENT,
     [](Table* t) { replace(t, 9, {PM_BUNDLE_REGULAR, "dev/null/x", 0644}); }},
    {"through-link", PM_REFUSED_BUNDLE_PARENT,
     [](Table* t) { replace(t, 6, {PM_BUNDLE_SYMLINK, "dev", 0777, "/dev"}); }},

    {"no-target", PM_REFUSED_BUNDLE_TARGET, [](Table* t) { replace(t, 4, {PM_BUNDLE_SYMLINK, "bin/sh", 0777}); }},
    {"file-target", PM_REFUSED_BUNDLE_TARGET,
     [](Table* t) { replace(t, 5, {PM_BUNDLE_REGULAR, "bin-extra", 0600, "x"}); }},
    {"target-4096", PM_REFUSED_BUNDLE_TARGET,
     [](Table* t) { set(t->record(4)->target_length, PM_BUNDLE_PATH_MAX + 1); }},
    {"target-zero", PM_REFUSED_BUNDLE_TARGET,
     [](Table* t) {
       with_path(t, "x");
       replace(t, kSampleCount - 1, {PM_BUNDLE_SYMLINK, "x", 0777, "ab"});
       t->bytes[t->size - 1] = 0;
     }},

    {"capability-size", PM_REFUSED_BUNDLE_CAPABILITY, [](Table* t) { t->record(2)->capability_length = 12; }},
    {"capability-25", PM_REFUSED_BUNDLE_CAPABILITY, [](Table* t) { t->record(2)->capability_length = 25; }},
    {"capability-revision", PM_REFUSED_BUNDLE_CAPABILITY, [](Table* t) { t->record(2)->capability[3] = 3; }},
    {"capability-flag", PM_REFUSED_BUNDLE_CAPABILITY, [](Table* t) { t->record(2)->capability[0] = 3; }},
    {"capability-behind", PM_REFUSED_BUNDLE_CAPABILITY, [](Table* t) { t->record(2)->capability[23] = 1; }},
    {"capability-directory", PM_REFUSED_BUNDLE_CAPABILITY,
     [](Table* t) {
       t->record(1)->capability_length = 20;
       store_le(t->record(1)->capability, 4, 0x02000000);
     }},

    {"link-forward", PM_REFUSED_BUNDLE_LINK, [](Table* t) { set(t->record(2)->first, 3); }},
    {"link-outside", PM_REFUSED_BUNDLE_LINK, [](Table* t) { set(t->record(2)->first, UINT32_MAX); }},
    {"link-chain", PM_REFUSED_BUNDLE_LINK, [](Table* t) { set(t->record(5)->first, 3); }},
    {"link-directory", PM_REFUSED_BUNDLE_LINK, [](Table* t) { set(t->record(6)->first, 1); }},
    {"link-to-directory", PM_REFUSED_BUNDLE_LINK, [](Table* t) { set(t->record(2)->first, 1); }},
    {"link-mode-differs", PM_REFUSED_BUNDLE_LINK, [](Table* t) { set(t->record(3)->mode, 0755); }},
    {"link-owner-differs", PM_REFUSED_BUNDLE_LINK, [](Table* t) { set(t->record(3)->uid, 1); }},
    {"link-digest-differs", PM_REFUSED_BUNDLE_LINK, [](Table* t) { t->record(3)->digest[0] ^= 1; }},
    {"link-capability-differs", PM_REFUSED_BUNDLE_LINK, [](Table* t) { t->record(3)->capability[19] ^= 1; }},
};
const unsigned kTableCaseCount = std::size(kTableCases);

}  // namespace proofmark::verify_test
