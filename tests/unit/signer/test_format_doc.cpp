// SPDX-License-Identifier: Apache-2.0
//
// The specification is executable: every row of docs/format.md and every line of docs/proofmark.cddl that holds a number
// is made here from the constants of format.h, and must be there word for word.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iterator>

#include "proofmark/format.h"
#include "proofmark/sign/manifest.h"
#include "proofmark/trust.h"
#include "support.h"

namespace proofmark::sign::test {
namespace {

std::string text_of(const char* name) {
  std::ifstream file(std::string(PROOFMARK_DOCS) + "/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

const std::string& page() {
  static const std::string text = text_of("format.md");
  return text;
}

const std::string& cddl() {
  static const std::string text = text_of("proofmark.cddl");
  return text;
}

bool has(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return true;
  std::fprintf(stderr, "missing: %s\n", part.c_str());
  return false;
}

template <class... Args>
bool page_has(fmt::format_string<Args...> form, Args&&... args) {
  return has(page(), fmt::format(form, std::forward<Args>(args)...));
}

template <class... Args>
bool cddl_has(fmt::format_string<Args...> form, Args&&... args) {
  return has(cddl(), fmt::format(form, std::forward<Args>(args)...));
}

constexpr int n(int value) {
  return value;
}  // formats an enumerator as its number

bool field_row(std::size_t offset, std::size_t size, const char* name) {
  return page_has("| {} | {} | `{}` |", offset, size, name);
}

#define FIELD(type, name) field_row(offsetof(type, name), sizeof(type::name), #name)

bool trailer_rows() {
  std::string magic;
  for (std::size_t i = 0; i < PM_TRAILER_MAGIC_SIZE; ++i)
    magic += fmt::format("{}{:02x}", i > 0 ? " " : "", static_cast<unsigned char>(PM_TRAILER_MAGIC[i]));
  return FIELD(pm_trailer, magic) && FIELD(pm_trailer, version) && FIELD(pm_trailer, reserved) &&
         FIELD(pm_trailer, mark_length) && FIELD(pm_trailer, covered_length) && page_has("`{}`", magic) &&
         page_has("`version` | {} |", n(PM_FORMAT_VERSION)) &&
         page_has("bytes of the mark area, 1 to {} |", n(PM_MARK_MAX_SIZE)) &&
         page_has("trailer, {} bytes", n(PM_TRAILER_SIZE));
}

bool descriptor_rows() {
  return FIELD(pm_verity_descriptor, version) && FIELD(pm_verity_descriptor, hash_algorithm) &&
         FIELD(pm_verity_descriptor, log_block_size) && FIELD(pm_verity_descriptor, salt_size) &&
         FIELD(pm_verity_descriptor, reserved0) && FIELD(pm_verity_descriptor, data_size) &&
         FIELD(pm_verity_descriptor, root_hash) && FIELD(pm_verity_descriptor, salt) &&
         FIELD(pm_verity_descriptor, reserved1) && page_has("`version` | {} |", n(PM_VERITY_VERSION)) &&
         page_has("`hash_algorithm` | {}, SHA-256 |", n(PM_VERITY_SHA256)) &&
         page_has("`log_block_size` | {} |", n(PM_VERITY_LOG_BLOCK_SIZE)) &&
         page_has("blocks of {} bytes", n(PM_BLOCK_SIZE)) &&
         page_has("descriptor of {} bytes", n(PM_VERITY_DESCRIPTOR_SIZE));
}

bool key(int number, const char* name) {
  return page_has("\n| {} | `{}` |", number, name);
}

bool manifest_keys() {
  return key(PM_KEY_VERSION, "version") && key(PM_KEY_SUBJECT, "subject") && key(PM_KEY_CONTENT, "content") &&
         key(PM_KEY_SECURITY_VERSION, "security_version") && key(PM_KEY_BUILD, "build") && key(PM_KEY_PROOF, "proof") &&
         key(PM_KEY_RUNTIME, "runtime") && key(PM_KEY_DEPENDENCIES, "dependencies") &&
         key(PM_KEY_BINDINGS, "bindings") && page_has("`version` | uint | {} |", n(PM_MANIFEST_VERSION));
}

bool group_keys() {
  return key(PM_SUBJECT_NAME, "name") && key(PM_SUBJECT_KIND, "kind") && key(PM_SUBJECT_MACHINE, "machine") &&
         key(PM_SUBJECT_BOARDS, "boards") && key(PM_CONTENT_LENGTH, "length") && key(PM_CONTENT_DIGEST, "digest") &&
         key(PM_CONTENT_MARK_LENGTH, "mark_length") && key(PM_CONTENT_ORIGINAL, "original") &&
         key(PM_CONTENT_SEGMENTS, "segments") && key(PM_BUILD_ID, "build_id") &&
         key(PM_BUILD_SOURCE_TREE, "source_tree") && key(PM_BUILD_ENVIRONMENT, "environment") &&
         key(PM_BUILD_SBOM, "sbom") && key(PM_BUILD_PROVENANCE, "provenance");
}

bool more_group_keys() {
  return key(PM_PROOF_STATUS, "status") && key(PM_PROOF_POLICY, "policy") && key(PM_PROOF_PROPERTIES, "properties") &&
         key(PM_PROOF_UNITS_ANALYSED, "units_analysed") && key(PM_PROOF_UNITS_TOTAL, "units_total") &&
         key(PM_PROOF_FINDINGS, "findings") && key(PM_PROOF_WAIVERS, "waivers") &&
         key(PM_RUNTIME_SYSCALLS, "syscalls") && key(PM_RUNTIME_CAPABILITIES, "capabilities") &&
         key(PM_RUNTIME_FLAGS, "flags") && key(PM_RUNTIME_ENVIRONMENT, "environment") &&
         key(PM_BINDING_TLS_CERTIFICATE, "tls_certificate") && key(PM_BINDING_CONFIGURATION, "configuration") &&
         key(PM_BINDING_SYMBOLS, "symbols");
}

bool values() {
  return page_has("{} executable, {} shared object, {} relocatable or kernel module, {} data, {} bundle",
                  n(PM_KIND_EXECUTABLE), n(PM_KIND_SHARED_OBJECT), n(PM_KIND_RELOCATABLE), n(PM_KIND_DATA),
                  n(PM_KIND_BUNDLE)) &&
         page_has("{} unproven, {} proven", n(PM_UNPROVEN), n(PM_PROVEN)) &&
         page_has("`{}` is any board", PM_ANY_BOARD) && page_has("| {} | PS256 |", n(PM_PS256)) &&
         page_has("| {} | ES256 |", n(PM_ES256)) && page_has("| {} | ES384 |", n(PM_ES384)) &&
         page_has("| {} | HSS-LMS |", n(PM_HSS_LMS)) &&
         page_has("{} bytes, or {} with SHA-256/192", n(PM_KEY_HSS256_SIZE), n(PM_KEY_HSS192_SIZE)) &&
         page_has("has it: {} to {} bytes", n(PM_HSS_SIGNATURE_MIN_SIZE), n(PM_SIGNATURE_MAX_SIZE)) &&
         page_has("salt of {} bytes: {} or {} bytes", n(PM_PS256_SALT_SIZE), n(PM_RSA3072_SIGNATURE_SIZE),
                  n(PM_RSA4096_SIGNATURE_SIZE)) &&
         page_has("{} bytes each, big endian |\n| {}", n(PM_ES256_SIGNATURE_SIZE) / 2, n(PM_ES384)) &&
         page_has("SHA-384: r and s, {} bytes each", n(PM_ES384_SIGNATURE_SIZE) / 2);
}

bool message_shape() {
  return page_has("{}([ << {{{}: \"{}\"}} >>,", n(PM_COSE_SIGN_TAG), n(PM_COSE_HEADER_CONTENT_TYPE), PM_CONTENT_TYPE) &&
         page_has("[ 1*{} [ << {{{}: algorithm, {}: key id}} >>, {{}}, signature ] ] ])", n(PM_SIGNATURES_MAX),
                  n(PM_COSE_HEADER_ALGORITHM), n(PM_COSE_HEADER_KEY_ID)) &&
         page_has("\"{}\", under one of", PM_SIGNATURE_CONTEXT) && page_has("`{}` and a zero byte", PM_SECTION_NAME) &&
         page_has("`FILE{}`", PM_DETACHED_SUFFIX);
}

bool limits() {
  return page_has("| mark area | {} bytes |", n(PM_MARK_MAX_SIZE)) &&
         page_has("| signatures | 1 to {} |", n(PM_SIGNATURES_MAX)) &&
         page_has("| signature | {} bytes |", n(PM_SIGNATURE_MAX_SIZE)) &&
         page_has("| name | {} bytes |", n(PM_NAME_MAX)) &&
         page_has("| boards | {}, names of {} bytes |", n(PM_BOARDS_MAX), n(PM_BOARD_NAME_MAX)) &&
         page_has("| segments | {} |", n(PM_SEGMENTS_MAX)) && page_has("| build-id | {} bytes |", n(PM_BUILD_ID_MAX)) &&
         page_has("| system calls | {} |", n(PM_SYSCALLS_MAX)) &&
         page_has("| environment names | {}, of {} bytes |", n(PM_ENVIRONMENT_MAX), n(PM_ENVIRONMENT_NAME_MAX)) &&
         page_has("| dependencies | {}, names of {} bytes |", n(PM_DEPENDENCIES_MAX), n(PM_DEPENDENCY_NAME_MAX));
}

bool bundle_layout() {
  return FIELD(pm_bundle_header, magic) && FIELD(pm_bundle_header, version) && FIELD(pm_bundle_header, entry_count) &&
         FIELD(pm_bundle_header, name_length) && FIELD(pm_bundle_header, reserved) &&
         FIELD(pm_bundle_record, name_offset) && FIELD(pm_bundle_record, path_length) &&
         FIELD(pm_bundle_record, target_length) && FIELD(pm_bundle_record, first) && FIELD(pm_bundle_record, type) &&
         FIELD(pm_bundle_record, capability_length) && FIELD(pm_bundle_record, mode) && FIELD(pm_bundle_record, uid) &&
         FIELD(pm_bundle_record, gid) && FIELD(pm_bundle_record, major) && FIELD(pm_bundle_record, minor) &&
         FIELD(pm_bundle_record, size) && FIELD(pm_bundle_record, digest) && FIELD(pm_bundle_record, capability);
}

bool bundle_values() {
  std::string magic;
  for (int i = 0; i < PM_BUNDLE_MAGIC_SIZE; ++i)
    magic += fmt::format("{}{:02x}", i == 0 ? "" : " ", static_cast<unsigned char>(PM_BUNDLE_MAGIC[i]));
  return page_has("`{}`, \"PMBUNDL\"", magic) && page_has("`version` | {}, of the table |", n(PM_BUNDLE_VERSION)) &&
         page_has("header, {} bytes ][ entries, {} bytes each", n(PM_BUNDLE_HEADER_SIZE), n(PM_BUNDLE_ENTRY_SIZE)) &&
         page_has("| {} directory, {} regular file, {} symbolic link, {} character device, {} block device, {} FIFO |",
                  n(PM_BUNDLE_DIRECTORY), n(PM_BUNDLE_REGULAR), n(PM_BUNDLE_SYMLINK), n(PM_BUNDLE_CHARACTER_DEVICE),
                  n(PM_BUNDLE_BLOCK_DEVICE), n(PM_BUNDLE_FIFO));
}

bool bundle_limits() {
  return page_has("`entry_count` | 1 to {} |", n(PM_BUNDLE_ENTRIES_MAX)) &&
         page_has("`name_length` | 0 to {}, ", n(PM_BUNDLE_NAMES_MAX)) &&
         page_has("path, at most {} |", n(PM_BUNDLE_PATH_MAX)) &&
         page_has("components of 1 to {} bytes", n(PM_BUNDLE_COMPONENT_MAX)) &&
         page_has("at most {:05o}; symbolic", n(PM_BUNDLE_MODE_MAX)) &&
         page_has("device: at most {} |", n(PM_BUNDLE_MAJOR_MAX)) &&
         page_has("device: at most {} |", n(PM_BUNDLE_MINOR_MAX)) &&
         page_has("0, {} or {} bytes of `capability`", n(PM_BUNDLE_CAPABILITY_V2_SIZE),
                  n(PM_BUNDLE_CAPABILITY_V3_SIZE)) &&
         page_has("| entries of a bundle | 1 to {} |", n(PM_BUNDLE_ENTRIES_MAX)) &&
         page_has("together | {} bytes |", n(PM_BUNDLE_NAMES_MAX)) &&
         page_has("| path, target | {} bytes, components of {} bytes |", n(PM_BUNDLE_PATH_MAX),
                  n(PM_BUNDLE_COMPONENT_MAX));
}

bool properties() {
  for (unsigned bit = 0; bit < PM_PROPERTY_COUNT; ++bit) {
    if (!page_has("\n| {} | `{}` |", bit, property_name(bit))) return false;
  }
  return true;
}

bool cddl_numbers() {
  return cddl_has("#6.{}(", n(PM_COSE_SIGN_TAG)) &&
         cddl_has("{{ {} => \"{}\" }}", n(PM_COSE_HEADER_CONTENT_TYPE), PM_CONTENT_TYPE) &&
         cddl_has("[1*{} signature]", n(PM_SIGNATURES_MAX)) &&
         cddl_has("{{ {} => algorithm, {} => key-id }}", n(PM_COSE_HEADER_ALGORITHM), n(PM_COSE_HEADER_KEY_ID)) &&
         cddl_has("bytes .size ({}..{})", n(PM_ES256_SIGNATURE_SIZE), n(PM_SIGNATURE_MAX_SIZE)) &&
         cddl_has("algorithm = {} / {} / {} / {} ", n(PM_PS256), n(PM_ES256), n(PM_ES384), n(PM_HSS_LMS)) &&
         cddl_has("digest = bytes .size {}", n(PM_DIGEST_SIZE));
}

bool cddl_manifest() {
  return cddl_has("{} => {}, ", n(PM_KEY_VERSION), n(PM_MANIFEST_VERSION)) &&
         cddl_has("{} => subject,", n(PM_KEY_SUBJECT)) && cddl_has("{} => content,", n(PM_KEY_CONTENT)) &&
         cddl_has("{} => uint .size 4,", n(PM_KEY_SECURITY_VERSION)) && cddl_has("? {} => build,", n(PM_KEY_BUILD)) &&
         cddl_has("{} => proof,", n(PM_KEY_PROOF)) && cddl_has("? {} => runtime,", n(PM_KEY_RUNTIME)) &&
         cddl_has("? {} => [0*{} dependency],", n(PM_KEY_DEPENDENCIES), n(PM_DEPENDENCIES_MAX)) &&
         cddl_has("? {} => bindings\n", n(PM_KEY_BINDINGS));
}

bool cddl_groups() {
  return cddl_has("{} => tstr .size (1..{}),", n(PM_SUBJECT_NAME), n(PM_NAME_MAX)) &&
         cddl_has("{} => {}..{},", n(PM_SUBJECT_KIND), n(PM_KIND_EXECUTABLE), n(PM_KIND_BUNDLE)) &&
         cddl_has("{} => uint .size 2,", n(PM_SUBJECT_MACHINE)) &&
         cddl_has("{} => [1*{} tstr .size (1..{})]", n(PM_SUBJECT_BOARDS), n(PM_BOARDS_MAX), n(PM_BOARD_NAME_MAX)) &&
         cddl_has("{} => 1..{},", n(PM_CONTENT_MARK_LENGTH), n(PM_MARK_MAX_SIZE)) &&
         cddl_has("? {} => [1*{} [offset: uint, length: uint, sha256: digest]]", n(PM_CONTENT_SEGMENTS),
                  n(PM_SEGMENTS_MAX)) &&
         cddl_has("? {} => bytes .size (1..{}),", n(PM_BUILD_ID), n(PM_BUILD_ID_MAX)) &&
         cddl_has("{} => {}..{},", n(PM_PROOF_STATUS), n(PM_UNPROVEN), n(PM_PROVEN)) &&
         cddl_has("{} => 0..{},", n(PM_PROOF_PROPERTIES), (1 << PM_PROPERTY_COUNT) - 1) &&
         cddl_has("? {} => [1*{} 0..65535],", n(PM_RUNTIME_SYSCALLS), n(PM_SYSCALLS_MAX)) &&
         cddl_has("? {} => [1*{} tstr .size (1..{})]", n(PM_RUNTIME_ENVIRONMENT), n(PM_ENVIRONMENT_MAX),
                  n(PM_ENVIRONMENT_NAME_MAX)) &&
         cddl_has("tstr .size (1..{}), digest:", n(PM_DEPENDENCY_NAME_MAX));
}

bool trust_rows() {
  return key(PM_STORE_FORMAT, "format") && key(PM_STORE_VERSION, "store_version") && key(PM_STORE_BOARDS, "boards") &&
         key(PM_STORE_KEYS, "keys") && key(PM_STORE_THRESHOLDS, "thresholds") &&
         key(PM_STORE_REVOKED_KEYS, "revoked_keys") && key(PM_STORE_REVOKED_CONTENTS, "revoked_contents") &&
         page_has("`format` | uint | {} |", n(PM_TRUST_STORE_FORMAT)) &&
         page_has("{{3: \"{}\"}}", PM_TRUST_CONTENT_TYPE) && page_has("[ 1*{} [ <<", n(PM_TRUST_SIGNATURES_MAX)) &&
         page_has("| trust store | {} bytes, 1 to {} signatures |", n(PM_TRUST_STORE_MAX_SIZE),
                  n(PM_TRUST_SIGNATURES_MAX)) &&
         page_has("| keys of a trust store | {} |", n(PM_TRUST_KEYS_MAX)) &&
         page_has("| boards of a trust store | {} |", n(PM_TRUST_BOARDS_MAX)) &&
         page_has("| revoked keys, revoked contents | {}, {} |", n(PM_TRUST_REVOKED_KEYS_MAX),
                  n(PM_TRUST_REVOKED_CONTENTS_MAX)) &&
         page_has("{} or {} bytes; RSA: modulus and exponent of 4 bytes, big endian: {} or {} bytes; HSS-LMS: {} or {}",
                  n(PM_KEY_P256_SIZE), n(PM_KEY_P384_SIZE), n(PM_KEY_RSA3072_SIZE), n(PM_KEY_RSA4096_SIZE),
                  n(PM_KEY_HSS192_SIZE), n(PM_KEY_HSS256_SIZE));
}

bool role_rows() {
  constexpr const char* kNames[PM_ROLE_COUNT] = {"root", "program", "bundle", "configuration", "recovery"};
  constexpr pm_role kRoles[PM_ROLE_COUNT] = {PM_ROLE_ROOT, PM_ROLE_PROGRAM, PM_ROLE_BUNDLE, PM_ROLE_CONFIGURATION,
                                             PM_ROLE_RECOVERY};
  for (unsigned bit = 0; bit < PM_ROLE_COUNT; ++bit) {
    if (kRoles[bit] != 1u << bit || !page_has("\n| {} | `{}` |", bit, kNames[bit])) return false;
  }
  return PM_ROLES_ALL == (1u << PM_ROLE_COUNT) - 1;
}

bool cddl_trust() {
  return cddl_has("{{ {} => \"{}\" }}", n(PM_COSE_HEADER_CONTENT_TYPE), PM_TRUST_CONTENT_TYPE) &&
         cddl_has("signatures: [1*{} signature]", n(PM_TRUST_SIGNATURES_MAX)) &&
         cddl_has("{} => {}, ", n(PM_STORE_FORMAT), n(PM_TRUST_STORE_FORMAT)) &&
         cddl_has("? {} => [1*{} [name: tstr .size (1..{}), minimum: uint .size 4]],", n(PM_STORE_BOARDS),
                  n(PM_TRUST_BOARDS_MAX), n(PM_BOARD_NAME_MAX)) &&
         cddl_has("{} => [1*{} trust-key],", n(PM_STORE_KEYS), n(PM_TRUST_KEYS_MAX)) &&
         cddl_has("{} => [{}*{} 0..{}],", n(PM_STORE_THRESHOLDS), n(PM_ROLE_COUNT), n(PM_ROLE_COUNT),
                  n(PM_SIGNATURES_MAX)) &&
         cddl_has("? {} => [1*{} key-id],", n(PM_STORE_REVOKED_KEYS), n(PM_TRUST_REVOKED_KEYS_MAX)) &&
         cddl_has("? {} => [1*{} digest]", n(PM_STORE_REVOKED_CONTENTS), n(PM_TRUST_REVOKED_CONTENTS_MAX)) &&
         cddl_has("roles: 1..{},", n(PM_ROLES_ALL)) &&
         cddl_has("key: bytes .size ({}..{})", n(PM_KEY_HSS192_SIZE), n(PM_KEY_MAX_SIZE));
}

void trust_store_is_documented(void**) {
  assert_true(trust_rows());
  assert_true(role_rows());
  assert_true(cddl_trust());
}

void layout_is_documented(void**) {
  assert_true(trailer_rows());
  assert_true(descriptor_rows());
}

void manifest_is_documented(void**) {
  assert_true(manifest_keys());
  assert_true(group_keys());
  assert_true(more_group_keys());
  assert_true(properties());
}

void message_is_documented(void**) {
  assert_true(message_shape());
  assert_true(values());
  assert_true(limits());
}

void bundles_are_documented(void**) {
  assert_true(bundle_layout());
  assert_true(bundle_values());
  assert_true(bundle_limits());
}

void cddl_agrees(void**) {
  assert_true(cddl_numbers());
  assert_true(cddl_manifest());
  assert_true(cddl_groups());
}

}  // namespace
}  // namespace proofmark::sign::test

int main() {
  using namespace proofmark::sign::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(layout_is_documented),      cmocka_unit_test(manifest_is_documented),
      cmocka_unit_test(message_is_documented),     cmocka_unit_test(bundles_are_documented),
      cmocka_unit_test(trust_store_is_documented), cmocka_unit_test(cddl_agrees),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
