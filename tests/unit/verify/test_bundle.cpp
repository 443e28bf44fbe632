// SPDX-License-Identifier: Apache-2.0
//
// The reader of bundles: gives every entry of a sound table, refuses each defect with its own number, finds paths, and
// believes nothing that the verifier has not accepted.
#include "support/harness.h"

#include "support/bundle_table.h"

namespace proofmark::verify_test {
namespace {

Table* table() {
  static Table shared;
  return &shared;
}

pm_bundle* reader() {
  static pm_bundle shared;
  return &shared;
}

MemoryFile* memory() {
  static MemoryFile shared;
  return &shared;
}

const pm_io* io() {
  static pm_io shared;
  *memory() = MemoryFile{};
  memory()->bytes = table()->bytes;
  memory()->size = table()->size;
  shared = io_of(memory());
  return &shared;
}

// The verdict of the first call that does not go well, or PM_REFUSED_BUNDLE_END when all do.
pm_verdict read_all() {
  pm_verdict verdict = pm_bundle_open_unverified(reader(), io(), table()->size);
  pm_bundle_entry entry;
  while (verdict == PM_DECODED_UNVERIFIED) verdict = pm_bundle_next(reader(), &entry);
  return verdict;
}

bool is_text(pm_bytes bytes, const char* text) {
  return bytes.size == std::strlen(text) && std::memcmp(bytes.data, text, bytes.size + 1) == 0;
}

void gives_every_entry_in_order(void**) {
  make_sample(table());
  assert_int_equal(pm_bundle_open_unverified(reader(), io(), table()->size), PM_DECODED_UNVERIFIED);
  assert_int_equal(reader()->entry_count, kSampleCount);
  pm_bundle_entry entry;
  for (uint32_t i = 0; i < kSampleCount; ++i) {
    const TableEntry& expected = kSampleEntries[i];
    assert_int_equal(pm_bundle_next(reader(), &entry), PM_DECODED_UNVERIFIED);
    assert_int_equal(entry.index, i);
    assert_int_equal(entry.type, expected.type);
    assert_int_equal(entry.mode, expected.mode);
    assert_int_equal(entry.size, expected.size);
    assert_int_equal(entry.major, expected.major);
    assert_int_equal(entry.minor, expected.minor);
    assert_int_equal(entry.first, expected.first < 0 ? i : static_cast<uint32_t>(expected.first));
    assert_int_equal(entry.capability.size, expected.capability_size);
    assert_int_equal(entry.digest != nullptr, expected.type == PM_BUNDLE_REGULAR);
    assert_true(is_text(entry.path, expected.path));
    assert_true(is_text(entry.target, expected.target));
  }
  assert_int_equal(pm_bundle_next(reader(), &entry), PM_REFUSED_BUNDLE_END);
  assert_int_equal(pm_bundle_next(reader(), &entry), PM_REFUSED_BUNDLE_END);
  assert_null(entry.path.data);
}

void refuses_each_defect_by_its_number(void**) {
  for (unsigned i = 0; i < kTableCaseCount; ++i) {
    make_sample(table());
    kTableCases[i].change(table());
    const pm_verdict verdict = read_all();
    if (verdict != kTableCases[i].expected) print_error("%s\n", kTableCases[i].name);
    assert_int_equal(verdict, kTableCases[i].expected);
    assert_int_equal(pm_verdict_exit_code(verdict), 1);
  }
}

void a_refusal_is_for_good(void**) {
  make_sample(table());
  set(table()->record(3)->mode, 010000);
  assert_int_equal(read_all(), PM_REFUSED_BUNDLE_ATTRIBUTES);
  pm_bundle_entry entry;
  assert_int_equal(pm_bundle_next(reader(), &entry), PM_REFUSED_BUNDLE_ATTRIBUTES);
  assert_int_equal(pm_bundle_find(reader(), "bin", 3, &entry), PM_REFUSED_BUNDLE_ATTRIBUTES);
  assert_null(entry.path.data);
}

void the_longest_names_fit(void**) {
  static char component[PM_BUNDLE_COMPONENT_MAX + 1];
  static char target[PM_BUNDLE_PATH_MAX + 1];
  std::memset(component, 'x', sizeof component - 1);
  std::memset(target, 't', sizeof target - 1);
  const TableEntry entries[] = {{PM_BUNDLE_DIRECTORY, "", 0755}, {PM_BUNDLE_SYMLINK, component, 0777, target}};
  make_table(entries, 2, table());
  assert_int_equal(read_all(), PM_REFUSED_BUNDLE_END);
}

// Sixteen levels of 255 bytes make a path of 4095; each level is an entry.
void the_deepest_path_fits(void**) {
  static char path[PM_BUNDLE_PATH_MAX + 1];
  static char prefixes[16][PM_BUNDLE_PATH_MAX + 1];
  TableEntry entries[17] = {{PM_BUNDLE_DIRECTORY, "", 0755}};
  std::memset(path, 'd', sizeof path - 1);
  for (uint32_t level = 1; level <= 16; ++level) {
    if (level < 16) path[level * 256 - 1] = '/';
    std::memcpy(prefixes[level - 1], path, level * 256 - 1);
    entries[level] = {PM_BUNDLE_DIRECTORY, prefixes[level - 1], 0755};
  }
  make_table(entries, 17, table());
  assert_int_equal(read_all(), PM_REFUSED_BUNDLE_END);
  pm_bundle_entry entry;
  assert_int_equal(pm_bundle_find(reader(), path, PM_BUNDLE_PATH_MAX, &entry), PM_DECODED_UNVERIFIED);
  assert_int_equal(entry.index, 16);
}

void finds_every_path_and_no_other(void**) {
  make_sample(table());
  assert_int_equal(pm_bundle_open_unverified(reader(), io(), table()->size), PM_DECODED_UNVERIFIED);
  pm_bundle_entry entry;
  for (const TableEntry& expected : kSampleEntries) {
    assert_int_equal(pm_bundle_find(reader(), expected.path, std::strlen(expected.path), &entry),
                     PM_DECODED_UNVERIFIED);
    assert_true(is_text(entry.path, expected.path));
    assert_true(is_text(entry.target, expected.target));
    assert_int_equal(entry.mode, expected.mode);
    assert_int_equal(pm_bundle_next(reader(), &entry), PM_DECODED_UNVERIFIED);  // goes on undisturbed
    assert_true(is_text(entry.path, expected.path));
  }
  for (const char* absent : {"a", "bin/", "bin/ap", "bin/app3", "bin.", "zzz", "/bin", "dev/null/x"}) {
    assert_int_equal(pm_bundle_find(reader(), absent, std::strlen(absent), &entry), PM_REFUSED_BUNDLE_NO_ENTRY);
  }
}

void a_search_refuses_a_malformed_entry(void**) {
  pm_bundle_entry entry;
  make_sample(table());
  set(table()->record(kSampleCount / 2)->name_offset, UINT32_MAX);
  assert_int_equal(pm_bundle_open_unverified(reader(), io(), table()->size), PM_DECODED_UNVERIFIED);
  assert_int_equal(pm_bundle_find(reader(), "bin", 3, &entry), PM_REFUSED_BUNDLE_NAMES);
  make_sample(table());
  set(table()->record(4)->target_length, 4000);
  assert_int_equal(pm_bundle_open_unverified(reader(), io(), table()->size), PM_DECODED_UNVERIFIED);
  assert_int_equal(pm_bundle_find(reader(), "bin/sh", 6, &entry), PM_REFUSED_BUNDLE_NAMES);
}

void every_read_that_fails_is_a_refusal(void**) {
  make_sample(table());
  for (int call = 0;; ++call) {
    const pm_io* file = io();
    memory()->fail_at_call = call;
    pm_verdict verdict = pm_bundle_open_unverified(reader(), file, table()->size);
    pm_bundle_entry entry;
    while (verdict == PM_DECODED_UNVERIFIED) verdict = pm_bundle_next(reader(), &entry);
    if (memory()->calls <= call) {
      assert_int_equal(verdict, PM_REFUSED_BUNDLE_END);
      assert_true(call >= 4);  // header, entries, names, the first of a hard link
      return;
    }
    assert_int_equal(verdict, PM_REFUSED_READ_BUNDLE);
    assert_int_equal(pm_verdict_exit_code(verdict), 3);
  }
}

pm_verdict verify_bundle(uint32_t kind, uint32_t accepted_kinds) {
  FilePlan plan = plan_for(table()->bytes, table()->size);
  plan.kind = kind;
  plan.machine = 0;
  make_file(plan, &bench()->file);
  pm_trust trust = trust_in(&public_key(KeyName::kP256), 1);
  trust.machine = 0;
  trust.kinds = accepted_kinds;
  return verify_bytes(bench()->file.bytes, bench()->file.size, trust);
}

pm_verdict open_verified() {
  static pm_io file;
  *memory() = MemoryFile{};
  memory()->bytes = bench()->file.bytes;
  memory()->size = bench()->file.size;
  file = io_of(memory());
  return pm_bundle_open(reader(), &file, &bench()->result);
}

void reads_what_the_verifier_accepted(void**) {
  make_sample(table());
  assert_int_equal(verify_bundle(PM_KIND_BUNDLE, PM_KIND_BIT(PM_KIND_BUNDLE)), PM_ACCEPTED);
  assert_int_equal(open_verified(), PM_ACCEPTED);
  pm_bundle_entry entry;
  for (uint32_t i = 0; i < kSampleCount; ++i) assert_int_equal(pm_bundle_next(reader(), &entry), PM_ACCEPTED);
  assert_int_equal(pm_bundle_next(reader(), &entry), PM_REFUSED_BUNDLE_END);
}

// A table that somebody got signed as data is no bundle, and a bundle is no data.
void kinds_are_not_mixed_up(void**) {
  make_sample(table());
  assert_int_equal(verify_bundle(PM_KIND_DATA, PM_KIND_BIT(PM_KIND_BUNDLE)), PM_REFUSED_KIND);
  assert_int_equal(open_verified(), PM_REFUSED_BUNDLE_NOT_ACCEPTED);
  assert_int_equal(verify_bundle(PM_KIND_BUNDLE, PM_KIND_BIT(PM_KIND_DATA)), PM_REFUSED_KIND);
  assert_int_equal(open_verified(), PM_REFUSED_BUNDLE_NOT_ACCEPTED);
  assert_int_equal(verify_bundle(PM_KIND_DATA, PM_KINDS_ALL), PM_ACCEPTED);
  assert_int_equal(open_verified(), PM_REFUSED_BUNDLE_NOT_ACCEPTED);
  assert_int_equal(verify_bundle(PM_KIND_BUNDLE + 1, PM_KINDS_ALL), PM_REFUSED_SUBJECT);
}

void refuses_missing_arguments(void**) {
  make_sample(table());
  pm_bundle_entry entry;
  pm_io deaf = {};
  assert_int_equal(pm_bundle_open(nullptr, io(), &bench()->result), PM_REFUSED_ARGUMENT);
  assert_int_equal(pm_bundle_open(reader(), nullptr, &bench()->result), PM_REFUSED_ARGUMENT);
  assert_int_equal(pm_bundle_open(reader(), &deaf, &bench()->result), PM_REFUSED_ARGUMENT);
  assert_int_equal(pm_bundle_open(reader(), io(), nullptr), PM_REFUSED_ARGUMENT);
  assert_int_equal(pm_bundle_open_unverified(reader(), nullptr, 1), PM_REFUSED_ARGUMENT);
  assert_int_equal(pm_bundle_next(reader(), nullptr), PM_REFUSED_ARGUMENT);
  assert_int_equal(pm_bundle_find(reader(), nullptr, 0, &entry), PM_REFUSED_ARGUMENT);
  std::memset(reader(), 0, sizeof *reader());
  assert_int_equal(pm_bundle_next(reader(), &entry), PM_REFUSED);  // zeroed memory means "refuse"
  assert_int_equal(pm_bundle_find(reader(), "", 0, &entry), PM_REFUSED);
}

}  // namespace
}  // namespace proofmark::verify_test

int main() {
  using namespace proofmark::verify_test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(gives_every_entry_in_order),
      cmocka_unit_test(refuses_each_defect_by_its_number),
      cmocka_unit_test(a_refusal_is_for_good),
      cmocka_unit_test(the_longest_names_fit),
      cmocka_unit_test(the_deepest_path_fits),
      cmocka_unit_test(finds_every_path_and_no_other),
      cmocka_unit_test(a_search_refuses_a_malformed_entry),
      cmocka_unit_test(every_read_that_fails_is_a_refusal),
      cmocka_unit_test(reads_what_the_verifier_accepted),
      cmocka_unit_test(kinds_are_not_mixed_up),
      cmocka_unit_test(refuses_missing_arguments),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
