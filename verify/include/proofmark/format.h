// SPDX-License-Identifier: Apache-2.0
//
// The mark format, version 1: every constant and limit that signer and verifier share. docs/format.md is the normative
// text; a test compares the two. Includable from C11 and C++20, no dependency but <stdint.h>.
//
// A signed file, all integers outside CBOR little endian:
//
//     [ covered bytes, N ][ mark area, mark_length: COSE_Sign message, then zero bytes ][ trailer, 32 ]
//
// N + mark_length + 32 is the size of the file. In a detached mark (FILE.proofmark) the mark area and the trailer stand
// alone: mark_length + 32 is the size of the mark file and N is the size of FILE.
#ifndef PROOFMARK_FORMAT_H
#define PROOFMARK_FORMAT_H

#include <stdint.h>

#ifdef __cplusplus
#define PM_STATIC_ASSERT(condition, text) static_assert(condition, text)
#else
#define PM_STATIC_ASSERT(condition, text) _Static_assert(condition, text)
#endif

// --- Trailer -------------------------------------------------------------------------------------------------------

// Eight bytes, no terminating zero on the wire. 0x1a keeps a `type` or `cat` of a text file from running on.
#define PM_TRAILER_MAGIC "PROOFMK\x1a"

enum {
  PM_TRAILER_MAGIC_SIZE = 8,
  PM_TRAILER_SIZE = 32,
  PM_FORMAT_VERSION = 1,
  PM_MARK_MAX_SIZE = 65536,  // mark area in bytes; also what bounds the memory of the verifier
};

// Byte arrays, so that alignment is 1 and no field is read in the byte order of the machine.
struct pm_trailer {
  uint8_t magic[PM_TRAILER_MAGIC_SIZE];
  uint8_t version[4];         // PM_FORMAT_VERSION
  uint8_t reserved[4];        // zero
  uint8_t mark_length[8];     // bytes of the mark area, 1 to PM_MARK_MAX_SIZE
  uint8_t covered_length[8];  // N
};
PM_STATIC_ASSERT(sizeof(struct pm_trailer) == PM_TRAILER_SIZE, "the trailer has no padding");

// --- COSE_Sign (RFC 9052 section 4.1) --------------------------------------------------------------------------------

#define PM_CONTENT_TYPE "application/vnd.proofmark.manifest+cbor"
#define PM_SIGNATURE_CONTEXT "Signature"  // first element of Sig_structure, RFC 9052 section 4.4
#define PM_SECTION_NAME ".proofmark"      // the section that covers mark area and trailer in an ELF file
#define PM_DETACHED_SUFFIX ".proofmark"

enum {
  PM_COSE_SIGN_TAG = 98,
  PM_COSE_HEADER_ALGORITHM = 1,
  PM_COSE_HEADER_CONTENT_TYPE = 3,
  PM_COSE_HEADER_KEY_ID = 4,
  PM_SIGNATURES_MAX = 4,
  PM_DIGEST_SIZE = 32,            // SHA-256, wherever a digest stands in a mark
  PM_KEY_ID_SIZE = 32,            // SHA-256 of the DER SubjectPublicKeyInfo
  PM_SIGNATURE_MAX_SIZE = 32768,  // HSS/LMS; lies in the mark area, so it costs no memory of its own
};

// Registered COSE algorithm numbers (RFC 9053, RFC 8230, RFC 8778). Signatures are raw, never DER.
enum pm_algorithm {
  PM_ES256 = -7,     // ECDSA P-256, SHA-256: r || s, 64 bytes
  PM_ES384 = -35,    // ECDSA P-384, SHA-384: r || s, 96 bytes
  PM_PS256 = -37,    // RSASSA-PSS, SHA-256, MGF1 SHA-256, salt of 32 bytes; RSA-3072: 384 bytes, RSA-4096: 512 bytes
  PM_HSS_LMS = -46,  // HSS/LMS with SHA-256 or SHA-256/192, RFC 8554; the size follows from the parameter sets
};

enum {
  PM_ES256_SIGNATURE_SIZE = 64,
  PM_ES384_SIGNATURE_SIZE = 96,
  PM_RSA3072_SIGNATURE_SIZE = 384,
  PM_RSA4096_SIGNATURE_SIZE = 512,
  PM_PS256_SALT_SIZE = 32,
  PM_HSS_SIGNATURE_MIN_SIZE = 784,  // one level, height 5, hashes of 24 bytes, 8 bits per digit
};

// --- Manifest: the payload, a map with exactly these keys in ascending order -------------------------------------------

enum {
  PM_MANIFEST_VERSION = 1,

  PM_KEY_VERSION = 1,
  PM_KEY_SUBJECT = 2,
  PM_KEY_CONTENT = 3,
  PM_KEY_SECURITY_VERSION = 4,
  PM_KEY_BUILD = 5,  // optional
  PM_KEY_PROOF = 6,
  PM_KEY_RUNTIME = 7,       // optional
  PM_KEY_DEPENDENCIES = 8,  // optional
  PM_KEY_BINDINGS = 9,      // optional

  PM_SUBJECT_NAME = 1,
  PM_SUBJECT_KIND = 2,
  PM_SUBJECT_MACHINE = 3,  // ELF e_machine, 0 for data
  PM_SUBJECT_BOARDS = 4,

  PM_CONTENT_LENGTH = 1,       // N, again: the trailer is not signed, this is
  PM_CONTENT_DIGEST = 2,       // fs-verity digest of [0, N)
  PM_CONTENT_MARK_LENGTH = 3,  // mark_length, again
  PM_CONTENT_ORIGINAL = 4,     // optional: [length, e_shoff, e_shnum, e_shstrndx] before signing
  PM_CONTENT_SEGMENTS = 5,     // optional: [[offset, length, SHA-256]...], names what is damaged

  PM_BUILD_ID = 1,
  PM_BUILD_SOURCE_TREE = 2,
  PM_BUILD_ENVIRONMENT = 3,
  PM_BUILD_SBOM = 4,
  PM_BUILD_PROVENANCE = 5,

  PM_PROOF_STATUS = 1,
  PM_PROOF_POLICY = 2,
  PM_PROOF_PROPERTIES = 3,
  PM_PROOF_UNITS_ANALYSED = 4,
  PM_PROOF_UNITS_TOTAL = 5,
  PM_PROOF_FINDINGS = 6,  // blocking findings; 0 when proven
  PM_PROOF_WAIVERS = 7,

  PM_RUNTIME_SYSCALLS = 1,
  PM_RUNTIME_CAPABILITIES = 2,
  PM_RUNTIME_FLAGS = 3,
  PM_RUNTIME_ENVIRONMENT = 4,

  PM_BINDING_TLS_CERTIFICATE = 1,
  PM_BINDING_CONFIGURATION = 2,
  PM_BINDING_SYMBOLS = 3,  // SHA-256 of the debug archive
};

enum pm_kind {
  PM_KIND_EXECUTABLE = 1,
  PM_KIND_SHARED_OBJECT = 2,
  PM_KIND_RELOCATABLE = 3,  // and kernel modules
  PM_KIND_DATA = 4,
  PM_KIND_BUNDLE = 5,  // the table of a whole root file system, below
};

enum pm_proof_status { PM_UNPROVEN = 0, PM_PROVEN = 1 };

enum pm_runtime_flag { PM_RUNTIME_NO_NEW_PRIVILEGES = 1u << 0 };

// Capacity of each list and text. A manifest above a limit is refused, so the decoded form has a constant size.
enum {
  PM_NAME_MAX = 64,         // subject name, 1..64 bytes of printable ASCII (0x20..0x7e), as every text of a manifest
  PM_BOARDS_MAX = 16,       // 1..16
  PM_BOARD_NAME_MAX = 32,   // 1..32
  PM_SEGMENTS_MAX = 16,     // 1..16
  PM_BUILD_ID_MAX = 32,     // 1..32
  PM_SYSCALLS_MAX = 512,    // 1..512 numbers, ascending, each below 65536
  PM_ENVIRONMENT_MAX = 32,  // 1..32
  PM_ENVIRONMENT_NAME_MAX = 64,
  PM_DEPENDENCIES_MAX = 64,      // 0..64
  PM_DEPENDENCY_NAME_MAX = 255,  // 1..255
};

#define PM_ANY_BOARD "*"

// Hardening properties. The value is the number of the bit in PM_PROOF_PROPERTIES. A verifier ignores bits that it does
// not know: a further claim never makes a file less trustworthy.
enum pm_property {
  PM_PROPERTY_STATIC = 0,
  PM_PROPERTY_PIE = 1,
  PM_PROPERTY_RELRO = 2,
  PM_PROPERTY_BIND_NOW = 3,
  PM_PROPERTY_NX_STACK = 4,
  PM_PROPERTY_NO_WRITABLE_CODE = 5,
  PM_PROPERTY_NO_TEXTREL = 6,
  PM_PROPERTY_CANARY = 7,
  PM_PROPERTY_FORTIFY = 8,
  PM_PROPERTY_BRANCH_PROTECTION = 9,
  PM_PROPERTY_STACK_CLASH = 10,
  PM_PROPERTY_AUTO_VAR_INIT = 11,
  PM_PROPERTY_NO_BUILD_PATH = 12,
  PM_PROPERTY_NO_RUNPATH = 13,
  PM_PROPERTY_WARNINGS_AS_ERRORS = 14,
  PM_PROPERTY_PATH_SENSITIVE = 15,
  PM_PROPERTY_COUNT = 16,
};

// --- Trust store (docs/format.md section 13) ---------------------------------------------------------------------------

#define PM_TRUST_CONTENT_TYPE "application/vnd.proofmark.trust+cbor"

enum {
  PM_TRUST_STORE_FORMAT = 1,
  PM_TRUST_STORE_MAX_SIZE = 65536,
  PM_TRUST_SIGNATURES_MAX = 8,  // old roots and new roots together

  PM_STORE_FORMAT = 1,
  PM_STORE_VERSION = 2,
  PM_STORE_BOARDS = 3,  // optional: [[name, minimum security version]...]
  PM_STORE_KEYS = 4,    // [[algorithm, flags, roles, boards, id, key]...]
  PM_STORE_THRESHOLDS = 5,
  PM_STORE_REVOKED_KEYS = 6,      // optional
  PM_STORE_REVOKED_CONTENTS = 7,  // optional

  PM_TRUST_KEYS_MAX = 32,
  PM_TRUST_BOARDS_MAX = 32,  // as many as a key's `boards` has bits
  PM_TRUST_BOARD_NAME_SIZE = 36,
  PM_TRUST_REVOKED_KEYS_MAX = 64,
  PM_TRUST_REVOKED_CONTENTS_MAX = 256,
};

// What a key may sign, one bit each.
enum pm_role {
  PM_ROLE_ROOT = 1u << 0,           // trust stores
  PM_ROLE_PROGRAM = 1u << 1,        // programs, libraries, kernel modules
  PM_ROLE_BUNDLE = 1u << 2,         // whole root file systems
  PM_ROLE_CONFIGURATION = 1u << 3,  // data
  PM_ROLE_RECOVERY = 1u << 4,       // what runs when everything else was refused
  PM_ROLES_ALL = (1u << 5) - 1,
};
enum { PM_ROLE_COUNT = 5 };

enum pm_trust_key_flag {
  PM_TRUST_KEY_TEST = 1u << 0,       // made by `keygen --test`: refused unless the trust allows it
  PM_TRUST_KEY_ANY_BOARD = 1u << 1,  // may sign for every board
};

// --- fs-verity digest (Linux Documentation/filesystems/fsverity.rst) ---------------------------------------------------

enum {
  PM_BLOCK_SIZE = 4096,
  PM_VERITY_DESCRIPTOR_SIZE = 256,
  PM_VERITY_VERSION = 1,
  PM_VERITY_SHA256 = 1,
  PM_VERITY_LOG_BLOCK_SIZE = 12,
};

// The content digest is the SHA-256 of this structure, with the root of the Merkle tree filled in.
struct pm_verity_descriptor {
  uint8_t version;         // PM_VERITY_VERSION
  uint8_t hash_algorithm;  // PM_VERITY_SHA256
  uint8_t log_block_size;  // PM_VERITY_LOG_BLOCK_SIZE
  uint8_t salt_size;       // 0
  uint8_t reserved0[4];
  uint8_t data_size[8];   // N
  uint8_t root_hash[64];  // 32 bytes, then zero
  uint8_t salt[32];
  uint8_t reserved1[144];
};
PM_STATIC_ASSERT(sizeof(struct pm_verity_descriptor) == PM_VERITY_DESCRIPTOR_SIZE, "as the kernel lays it out");

// --- Bundle: the covered bytes of a file of kind PM_KIND_BUNDLE ----------------------------------------------------------

// Header, entries sorted by path, names: nothing between them and nothing behind them, so the lengths of the first two
// follow from the number of entries and the same tree gives the same bytes.
#define PM_BUNDLE_MAGIC "PMBUNDL\x1a"

enum {
  PM_BUNDLE_MAGIC_SIZE = 8,
  PM_BUNDLE_HEADER_SIZE = 32,
  PM_BUNDLE_ENTRY_SIZE = 96,
  PM_BUNDLE_VERSION = 1,

  PM_BUNDLE_ENTRIES_MAX = 1048576,    // 1..2^20; the first is the root directory itself
  PM_BUNDLE_NAMES_MAX = 268435456,    // bytes of paths and link targets together
  PM_BUNDLE_PATH_MAX = 4095,          // PATH_MAX of Linux without the zero byte; 0 for the root only
  PM_BUNDLE_COMPONENT_MAX = 255,      // NAME_MAX of Linux
  PM_BUNDLE_MODE_MAX = 07777,         // permissions, set-user-ID, set-group-ID, sticky
  PM_BUNDLE_MAJOR_MAX = 4095,         // device numbers as Linux has them: 12 and 20 bits
  PM_BUNDLE_MINOR_MAX = 1048575,      //
  PM_BUNDLE_CAPABILITY_V2_SIZE = 20,  // struct vfs_cap_data, VFS_CAP_REVISION_2
  PM_BUNDLE_CAPABILITY_V3_SIZE = 24,  // struct vfs_ns_cap_data, VFS_CAP_REVISION_3
};

enum pm_bundle_type {
  PM_BUNDLE_DIRECTORY = 1,
  PM_BUNDLE_REGULAR = 2,
  PM_BUNDLE_SYMLINK = 3,
  PM_BUNDLE_CHARACTER_DEVICE = 4,
  PM_BUNDLE_BLOCK_DEVICE = 5,
  PM_BUNDLE_FIFO = 6,
};

struct pm_bundle_header {
  uint8_t magic[PM_BUNDLE_MAGIC_SIZE];
  uint8_t version[4];      // PM_BUNDLE_VERSION
  uint8_t entry_count[4];  // 1 to PM_BUNDLE_ENTRIES_MAX
  uint8_t name_length[4];  // bytes of the names, 0 to PM_BUNDLE_NAMES_MAX
  uint8_t reserved[12];    // zero
};
PM_STATIC_ASSERT(sizeof(struct pm_bundle_header) == PM_BUNDLE_HEADER_SIZE, "the header has no padding");

// The path, then the target of a symbolic link, stand in the names; those of all entries follow each other without a gap.
// What a type does not have is zero.
struct pm_bundle_record {
  uint8_t name_offset[4];     // of the path, from the beginning of the names
  uint8_t path_length[2];     // bytes
  uint8_t target_length[2];   // symbolic link: bytes of the target, 1 to PM_BUNDLE_PATH_MAX
  uint8_t first[4];           // index of the first entry that is the same file; regular: may be smaller than its own
  uint8_t type;               // enum pm_bundle_type
  uint8_t capability_length;  // regular: 0, PM_BUNDLE_CAPABILITY_V2_SIZE or _V3_SIZE
  uint8_t mode[2];            // 0 to PM_BUNDLE_MODE_MAX; symbolic link: 0777
  uint8_t uid[4];             //
  uint8_t gid[4];             //
  uint8_t major[4];           // devices
  uint8_t minor[4];           // devices
  uint8_t size[8];            // regular: bytes
  uint8_t digest[32];         // regular: fs-verity digest
  uint8_t capability[24];     // regular: extended attribute security.capability, raw, then zero
};
PM_STATIC_ASSERT(sizeof(struct pm_bundle_record) == PM_BUNDLE_ENTRY_SIZE, "an entry has no padding");

#endif
