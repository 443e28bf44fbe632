// SPDX-License-Identifier: Apache-2.0
//
// Words for verdicts and properties. docs/errors.md has the long form; a test compares the two.
#include "bytes.h"

namespace {

struct VerdictText {
  pm_verdict verdict;
  const char* text;
};

// What can be said of a file: proofmark-exec has these and no others.
constexpr VerdictText kFileTexts[] = {
    {PM_REFUSED, "nothing was decided"},
    {PM_DECODED_UNVERIFIED, "legible, but not verified"},
    {PM_REFUSED_ARGUMENT, "an argument of the verifier is missing"},
    {PM_REFUSED_TRUST_VERSION, "the trust has a version or flags that this verifier does not know"},
    {PM_REFUSED_TRUST_KEY_COUNT, "the trust holds no key, or too many"},
    {PM_REFUSED_TRUST_THRESHOLD, "the trust demands no signature, or more than it has keys"},
    {PM_REFUSED_TRUST_KEY, "the trust holds a key that is malformed or too weak"},
    {PM_REFUSED_TRUST_DUPLICATE_KEY, "the trust holds a key twice"},
    {PM_REFUSED_TRUST_TEST_KEY, "the trust holds a TEST key, which this verifier does not allow"},
    {PM_REFUSED_TRUST_BOARD, "the trust names no board"},
    {PM_REFUSED_TRUST_KINDS, "the trust accepts no kind of file"},
    {PM_REFUSED_TRUST_ROLE, "the trust names no role, or one that does not sign files"},
    {PM_REFUSED_TRUST_TABLES, "a table of boards or revocations in the trust is missing or too long"},
    {PM_REFUSED_FILE_SIZE, "the size of the file cannot be read"},
    {PM_REFUSED_UNSIGNED_SHORT, "not signed (too short for a mark)"},
    {PM_REFUSED_READ_TRAILER, "the end of the file cannot be read"},
    {PM_REFUSED_UNSIGNED, "not signed (no mark at the end of the file)"},
    {PM_REFUSED_FORMAT_VERSION, "the mark has a format version that this verifier does not know"},
    {PM_REFUSED_TRAILER_RESERVED, "the reserved field of the trailer is not zero"},
    {PM_REFUSED_MARK_LENGTH, "the mark is empty or longer than 64 KiB"},
    {PM_REFUSED_MARK_LONGER_THAN_FILE, "the mark is longer than the file"},
    {PM_REFUSED_COVERED_LENGTH, "content, mark and trailer do not add up to the size of the file"},
    {PM_REFUSED_READ_MARK, "the mark cannot be read"},
    {PM_REFUSED_MARK_FORM, "the mark is not a COSE_Sign message"},
    {PM_REFUSED_MARK_CONTENT_TYPE, "the mark does not announce a Proofmark manifest"},
    {PM_REFUSED_MARK_UNPROTECTED, "the mark has an unprotected header, which nobody signed"},
    {PM_REFUSED_MARK_PAYLOAD, "the mark has no manifest"},
    {PM_REFUSED_SIGNATURE_COUNT, "the mark has no signature, or more than four"},
    {PM_REFUSED_SIGNATURE_FORM, "a signature is malformed"},
    {PM_REFUSED_SIGNATURE_ALGORITHM, "a signature names no algorithm that this verifier knows"},
    {PM_REFUSED_SIGNATURE_KEY_ID, "a signature names no key"},
    {PM_REFUSED_SIGNATURE_ORDER, "signatures are not sorted by key, or a key occurs twice"},
    {PM_REFUSED_SIGNATURE_LENGTH, "a signature has the wrong length for its algorithm"},
    {PM_REFUSED_MARK_PADDING, "there are bytes after the signatures"},
    {PM_REFUSED_KEY_UNKNOWN, "no trusted key has signed"},
    {PM_REFUSED_KEY_ALGORITHM, "a signature names another algorithm than its key has"},
    {PM_REFUSED_KEY_SIGNATURE_LENGTH, "a signature has the wrong length for its key"},
    {PM_REFUSED_SIGNATURE_WRONG, "a signature is wrong: the mark was changed after signing"},
    {PM_REFUSED_CRYPTO, "a signature could not be checked"},
    {PM_REFUSED_THRESHOLD, "too few trusted keys have signed"},
    {PM_REFUSED_KEY_REVOKED, "signed by a key that is revoked"},
    {PM_REFUSED_KEY_ROLE, "signed by a key that may not sign such files"},
    {PM_REFUSED_KEY_BOARD, "signed by a key that may not sign for this board"},
    {PM_REFUSED_MANIFEST_FORM, "the manifest is malformed, or has a field that this verifier does not know"},
    {PM_REFUSED_MANIFEST_VERSION, "the manifest has a version that this verifier does not know"},
    {PM_REFUSED_SUBJECT, "the subject in the manifest is malformed"},
    {PM_REFUSED_BOARDS, "the list of boards in the manifest is malformed"},
    {PM_REFUSED_CONTENT, "the description of the content in the manifest is malformed"},
    {PM_REFUSED_CONTENT_LENGTH, "the file has another length than was signed"},
    {PM_REFUSED_CONTENT_MARK_LENGTH, "the mark has another length than was signed"},
    {PM_REFUSED_ORIGINAL, "the original header fields in the manifest are malformed"},
    {PM_REFUSED_SEGMENTS, "the list of segments in the manifest is malformed"},
    {PM_REFUSED_SECURITY_VERSION_FORM, "the security version in the manifest is malformed"},
    {PM_REFUSED_BUILD, "the build record in the manifest is malformed"},
    {PM_REFUSED_PROOF, "the proof in the manifest is malformed or contradicts itself"},
    {PM_REFUSED_RUNTIME, "the run-time rules in the manifest are malformed"},
    {PM_REFUSED_DEPENDENCIES, "the list of dependencies in the manifest is malformed"},
    {PM_REFUSED_BINDINGS, "the bindings in the manifest are malformed"},
    {PM_REFUSED_SUBJECT_NAME, "signed under another name"},
    {PM_REFUSED_KIND, "signed as another kind of file"},
    {PM_REFUSED_MACHINE, "signed for another machine architecture"},
    {PM_REFUSED_BOARD, "signed for another board"},
    {PM_REFUSED_SECURITY_VERSION, "the security version is older than this device accepts"},
    {PM_REFUSED_UNPROVEN, "signed without proof"},
    {PM_REFUSED_PROPERTIES, "the proof lacks a hardening property that this device demands"},
    {PM_REFUSED_REVOKED, "this very file is revoked"},
    {PM_REFUSED_READ_CONTENT, "the content cannot be read"},
    {PM_REFUSED_CONTENT_DIGEST, "the content is not what was signed"},
    {PM_REFUSED_EXEC_OPEN, "the file cannot be opened"},
    {PM_REFUSED_EXEC_FILE_TYPE, "not a regular file"},
    {PM_REFUSED_EXEC_MEMORY_FILE, "no executable memory file can be made"},
    {PM_REFUSED_EXEC_COPY, "the file cannot be copied into memory"},
    {PM_REFUSED_EXEC_SEAL, "the copy in memory cannot be sealed"},
    {PM_REFUSED_EXEC_ELF, "not an ELF program that can be started"},
    {PM_REFUSED_EXEC_INTERPRETER, "the program needs an interpreter (dynamic linker), which is not checked"},
    {PM_REFUSED_EXEC_DEPENDENCIES, "the mark lists dependencies, and the program loads none"},
    {PM_REFUSED_EXEC_CONFINEMENT, "the confinement that the mark demands cannot be had here"},
    {PM_REFUSED_EXEC_DESCRIPTORS, "descriptors 0 to 2 are not open, or others cannot be closed"},
    {PM_REFUSED_EXEC_PRIVILEGES, "gaining of privileges cannot be switched off"},
    {PM_REFUSED_EXEC_START, "the kernel did not start the program"},
    {PM_REFUSED_EXEC_LIBRARY, "a library or dynamic linker, which would start what nobody checked"},
};

// What only readers of bundles and trust stores can say.
constexpr VerdictText kTreeTexts[] = {
    {PM_REFUSED_BUNDLE_NOT_ACCEPTED, "not an accepted bundle"},
    {PM_REFUSED_READ_BUNDLE, "the bundle cannot be read"},
    {PM_REFUSED_BUNDLE_HEADER, "the content does not begin like the table of a bundle"},
    {PM_REFUSED_BUNDLE_VERSION, "the bundle has a version that this verifier does not know"},
    {PM_REFUSED_BUNDLE_LENGTH, "the parts of the bundle do not add up to its length"},
    {PM_REFUSED_BUNDLE_TYPE, "an entry of the bundle has a type that this verifier does not know"},
    {PM_REFUSED_BUNDLE_ATTRIBUTES, "an entry of the bundle has attributes that its type cannot have"},
    {PM_REFUSED_BUNDLE_NAMES, "the names of the bundle overlap, leave a gap or end early"},
    {PM_REFUSED_BUNDLE_PATH, "an entry of the bundle has a malformed path"},
    {PM_REFUSED_BUNDLE_ORDER, "the entries of the bundle are not sorted, or one occurs twice"},
    {PM_REFUSED_BUNDLE_PARENT, "an entry of the bundle lies in no directory of the bundle"},
    {PM_REFUSED_BUNDLE_TARGET, "a symbolic link of the bundle has a malformed target"},
    {PM_REFUSED_BUNDLE_CAPABILITY, "an entry of the bundle has malformed file capabilities"},
    {PM_REFUSED_BUNDLE_LINK, "a hard link of the bundle leads to another file than it says"},
    {PM_REFUSED_BUNDLE_END, "the bundle has no further entry"},
    {PM_REFUSED_BUNDLE_NO_ENTRY, "the path is not in the bundle"},
    {PM_REFUSED_STORE_TRUSTED, "no root key is trusted that could vouch for a trust store"},
    {PM_REFUSED_STORE_SIZE, "the trust store is empty or longer than 64 KiB"},
    {PM_REFUSED_STORE_READ, "the trust store cannot be read"},
    {PM_REFUSED_STORE_CONTENT_TYPE, "not a trust store"},
    {PM_REFUSED_STORE_TRAILING, "there are bytes after the trust store"},
    {PM_REFUSED_STORE_OLD_ROOTS, "too few of the root keys trusted so far signed the trust store"},
    {PM_REFUSED_STORE_FORM, "the trust store is malformed, or has a field that is not known"},
    {PM_REFUSED_STORE_FORMAT, "the trust store has a format version that is not known"},
    {PM_REFUSED_STORE_ROLLBACK, "the trust store is older than the one trusted so far"},
    {PM_REFUSED_STORE_BOARDS, "the table of boards in the trust store is malformed"},
    {PM_REFUSED_STORE_KEYS, "the table of keys in the trust store is malformed"},
    {PM_REFUSED_STORE_THRESHOLDS, "a threshold in the trust store cannot be met, or is missing"},
    {PM_REFUSED_STORE_REVOCATIONS, "the list of revocations in the trust store is malformed"},
    {PM_REFUSED_STORE_TEST_KEY, "the trust store holds a TEST key, which is not allowed here"},
    {PM_REFUSED_STORE_NEW_ROOTS, "too few of the trust store's own root keys signed it"},
};

template <size_t kCount>
constexpr size_t total_length(const VerdictText (&texts)[kCount]) {
  size_t total = 0;
  for (const VerdictText& entry : texts) {
    for (const char* at = entry.text; *at != '\0'; ++at) ++total;
    ++total;
  }
  return total;
}

// What stays in the program: the texts without gaps, because every byte of a device program counts, and without pointers,
// which would need relocation.
template <size_t kCount, size_t kLength>
struct PackedTexts {
  uint16_t verdicts[kCount];
  char texts[kLength];
};

template <size_t kLength, size_t kCount>
constexpr PackedTexts<kCount, kLength> pack(const VerdictText (&texts)[kCount]) {
  PackedTexts<kCount, kLength> packed = {};
  size_t used = 0;
  for (size_t i = 0; i < kCount; ++i) {
    packed.verdicts[i] = static_cast<uint16_t>(texts[i].verdict);
    for (const char* at = texts[i].text; *at != '\0'; ++at) packed.texts[used++] = *at;
    ++used;
  }
  return packed;
}
constexpr auto kPackedFileTexts = pack<total_length(kFileTexts)>(kFileTexts);
constexpr auto kPackedTreeTexts = pack<total_length(kTreeTexts)>(kTreeTexts);

// NULL when the number is none of these.
const char* find_text(const uint16_t* verdicts, size_t count, const char* text, pm_verdict verdict) {
  for (size_t i = 0; i < count; ++i) {
    if (verdicts[i] == uint32_t{verdict}) return text;
    while (*text != '\0') ++text;
    ++text;
  }
  return nullptr;
}

template <size_t kCount, size_t kLength>
const char* find_text(const PackedTexts<kCount, kLength>& packed, pm_verdict verdict) {
  return find_text(packed.verdicts, kCount, packed.texts, verdict);
}

constexpr char kNoText[] = "refused for a reason without a name";

constexpr char kPropertyNames[][20] = {
    "static",           "pie",           "relro",         "bind-now",   "nx-stack",
    "no-writable-code", "no-textrel",    "canary",        "fortify",    "branch-protection",
    "stack-clash",      "auto-var-init", "no-build-path", "no-runpath", "warnings-as-errors",
    "path-sensitive"};
static_assert(sizeof kPropertyNames / sizeof kPropertyNames[0] == PM_PROPERTY_COUNT);

}  // namespace

const char* pm_file_verdict_text(pm_verdict verdict) {
  const char* text = find_text(kPackedFileTexts, verdict);
  return text != nullptr ? text : kNoText;
}

const char* pm_verdict_text(pm_verdict verdict) {
  if (verdict == PM_ACCEPTED) return "accepted";  // the one number that does not fit a table
  const char* text = find_text(kPackedTreeTexts, verdict);
  return text != nullptr ? text : pm_file_verdict_text(verdict);
}

int pm_verdict_exit_code(pm_verdict verdict) {
  switch (verdict) {
    case PM_ACCEPTED:
      return 0;
    case PM_REFUSED:
    case PM_REFUSED_FILE_SIZE:
    case PM_REFUSED_READ_TRAILER:
    case PM_REFUSED_READ_MARK:
    case PM_REFUSED_CRYPTO:
    case PM_REFUSED_READ_CONTENT:
    case PM_REFUSED_EXEC_OPEN:
    case PM_REFUSED_EXEC_MEMORY_FILE:
    case PM_REFUSED_EXEC_COPY:
    case PM_REFUSED_EXEC_SEAL:
    case PM_REFUSED_EXEC_DESCRIPTORS:
    case PM_REFUSED_EXEC_PRIVILEGES:
    case PM_REFUSED_EXEC_START:
    case PM_REFUSED_EXEC_DEPENDENCY_OPEN:
    case PM_REFUSED_EXEC_PROC:
    case PM_REFUSED_EXEC_MEMORY_LIMIT:
    case PM_REFUSED_EXEC_MAP:
    case PM_REFUSED_EXEC_ARGUMENTS:
    case PM_REFUSED_READ_BUNDLE:
    case PM_REFUSED_STORE_TRUSTED:
    case PM_REFUSED_STORE_READ:
      return 3;
    default:
      return verdict >= PM_REFUSED_ARGUMENT && verdict <= PM_REFUSED_TRUST_TABLES ? 3 : 1;
  }
}

const char* pm_property_name(uint32_t property) {
  return property < PM_PROPERTY_COUNT ? kPropertyNames[property] : nullptr;
}
