// SPDX-License-Identifier: Apache-2.0
//
// The C interface of the verifier: one call, one verdict that needs no second look. The library allocates nothing, keeps
// no state between calls and never calls back except through `pm_io`.
//
//     static struct pm_scratch scratch;
//     struct pm_result result;
//     if (pm_verify(&file, &trust, &scratch, &result) == PM_ACCEPTED) { ... }
//
// Zeroed structures mean "refuse": a forgotten field never widens what is accepted.
#ifndef PROOFMARK_VERIFY_H
#define PROOFMARK_VERIFY_H

#include <stddef.h>
#include <stdint.h>

#include <proofmark/format.h>
#include <proofmark/trust.h>
#include <proofmark/verdict.h>

#ifdef __cplusplus
extern "C" {
#endif

// --- Input ---------------------------------------------------------------------------------------------------------

// How the verifier reads a file. The caller owns both the structure and whatever `context` points at. The bytes must be
// those that are used afterwards: the caller passes one open descriptor or one sealed copy, never a path opened twice.
struct pm_io {
  void* context;  // handed to both functions, never looked at

  // Stores the size in bytes. Returns 0, anything else is failure.
  int (*size)(void* context, uint64_t* size);

  // Stores exactly `length` bytes (1 to 64 KiB) from `offset` on; `offset + length` never exceeds the size reported.
  // Returns 0 when all of them were stored, anything else (also a short read) is failure.
  int (*read)(void* context, uint64_t offset, void* buffer, size_t length);
};

// --- Decoded manifest ------------------------------------------------------------------------------------------------

// Bytes inside the scratch memory, valid until it is used again. `data` is NULL when absent. Text is not zero-terminated.
struct pm_bytes {
  const uint8_t* data;
  size_t size;
};

struct pm_segment {
  uint64_t offset;
  uint64_t length;
  const uint8_t* digest;  // SHA-256, PM_DIGEST_SIZE bytes
};

struct pm_dependency {
  struct pm_bytes name;
  const uint8_t* digest;  // fs-verity digest of the file, PM_DIGEST_SIZE bytes
};

// Digests are PM_DIGEST_SIZE bytes in the scratch memory, NULL when the mark leaves them out.
struct pm_manifest {
  struct pm_bytes name;
  uint32_t kind;     // enum pm_kind
  uint32_t machine;  // e_machine, 0 for data
  uint32_t board_count;
  struct pm_bytes boards[PM_BOARDS_MAX];

  uint64_t content_length;
  const uint8_t* content_digest;
  uint64_t mark_length;
  uint32_t has_original;
  uint64_t original_length;
  uint64_t original_shoff;
  uint32_t original_shnum;
  uint32_t original_shstrndx;
  uint32_t segment_count;
  struct pm_segment segments[PM_SEGMENTS_MAX];

  uint32_t security_version;

  struct pm_bytes build_id;
  const uint8_t* source_tree;
  const uint8_t* environment_record;
  const uint8_t* sbom;
  const uint8_t* provenance;

  uint32_t proof_status;  // enum pm_proof_status
  const uint8_t* policy;
  uint64_t properties;
  uint64_t units_analysed;
  uint64_t units_total;
  uint64_t findings;
  uint64_t waivers;

  uint32_t has_runtime;
  uint32_t has_capabilities;
  uint64_t capabilities;   // bits kept
  uint32_t runtime_flags;  // enum pm_runtime_flag; PM_RUNTIME_NO_NEW_PRIVILEGES when the mark says nothing
  uint32_t syscall_count;  // 0 = no allow-list
  uint16_t syscalls[PM_SYSCALLS_MAX];
  uint32_t environment_count;
  struct pm_bytes environment[PM_ENVIRONMENT_MAX];

  uint32_t has_dependencies;
  uint32_t dependency_count;
  struct pm_dependency dependencies[PM_DEPENDENCIES_MAX];

  const uint8_t* tls_certificate;
  const uint8_t* configuration;
  const uint8_t* symbols;
};

// --- Verification ----------------------------------------------------------------------------------------------------

// Working memory, lent by the caller, of constant size: mark, read buffer and hash states. Contents are of no interest
// before a call; afterwards the mark stays there, because the decoded manifest points into it.
enum { PM_SCRATCH_SIZE = 160 * 1024, PM_SCRATCH_ALIGNMENT = 64 };

// Bytes of stack that a verification needs at most, with the minimal mbedTLS. A test measures it.
enum { PM_STACK_SIZE = 8 * 1024 };

struct pm_scratch {
  __attribute__((aligned(PM_SCRATCH_ALIGNMENT))) uint8_t bytes[PM_SCRATCH_SIZE];
};

// What is known about a content digest that did not match.
struct pm_damage {
  uint32_t located;  // 1: the segment below differs from what was signed; 0: the damage lies outside all segments
  uint32_t segment;  // index in the manifest
  uint64_t offset;   // bytes
  uint64_t length;   // bytes
  uint8_t digest[PM_DIGEST_SIZE];  // content digest as found
};

struct pm_result {
  enum pm_verdict verdict;  // as returned
  uint32_t authenticated;   // 1 when `manifest` was signed by enough trusted keys, whatever the verdict; else 0
  uint32_t key_count;       // trusted keys whose signatures are good
  uint8_t keys[PM_SIGNATURES_MAX][PM_KEY_ID_SIZE];
  uint32_t security_version;
  char name[PM_NAME_MAX + 1];   // subject, zero-terminated
  uint64_t missing_properties;  // set with PM_REFUSED_PROPERTIES
  struct pm_damage damage;      // set with PM_REFUSED_CONTENT_DIGEST
  struct pm_manifest manifest;  // zero unless authenticated
};

// Decides whether `file` carries a mark that `trust` accepts.
//
//   file     the signed file; read strictly once per byte until the verdict is decided (a refused content is read a
//            second time, segment by segment, to say what is damaged)
//   trust    whom and what to trust; not modified, not kept
//   scratch  working memory; the caller keeps it as long as it uses `result->manifest`
//   result   overwritten in full; may not be NULL
//
// Returns PM_ACCEPTED or the number of the refusal (verdict.h, docs/errors.md), the same as result->verdict.
//
// PM_ACCEPTED promises: every byte of the file is covered by the mark or is the mark, enough trusted keys signed it, and
// every condition of `trust` holds. It does not promise that the file still holds these bytes when it is read again, that
// what it needs (interpreter, libraries, configuration) is trusted, or that a newer version does not exist.
//
// A build on the minimal mbedTLS shares one arena: there, two threads may not verify at the same time.
PM_NODISCARD enum pm_verdict pm_verify(const struct pm_io* file, const struct pm_trust* trust,
                                       struct pm_scratch* scratch, struct pm_result* result);

// The same with the mark in a file of its own (FILE.proofmark); all of `file` is covered. A mark at the end of `file`
// itself is covered content like any other and is not looked at.
PM_NODISCARD enum pm_verdict pm_verify_detached(const struct pm_io* file, const struct pm_io* mark,
                                                const struct pm_trust* trust, struct pm_scratch* scratch,
                                                struct pm_result* result);

// The same for a file whose content is guarded, and whose content digest the guard gives: fs-verity of the kernel, for one. The
// digest (PM_DIGEST_SIZE bytes) is compared with the signed one and the content is not read, so the time does not depend on
// its size. Whoever calls this must know that the content has this digest and keeps it; NULL hashes it.
PM_NODISCARD enum pm_verdict pm_verify_measured(const struct pm_io* file, const uint8_t* digest,
                                                const struct pm_io* mark, const struct pm_trust* trust,
                                                struct pm_scratch* scratch, struct pm_result* result);

// --- Looking without trusting ------------------------------------------------------------------------------------------

struct pm_unverified_signature {
  int32_t algorithm;          // enum pm_algorithm, as the mark claims
  const uint8_t* key_id;      // PM_KEY_ID_SIZE bytes
  struct pm_bytes signature;  // raw
};

// A mark as it stands in the file. NOTHING here was checked against a key or against the content.
struct pm_unverified_mark {
  uint64_t mark_length;     // bytes of the mark area
  uint64_t covered_length;  // N
  struct pm_bytes message;  // COSE_Sign, without the padding
  struct pm_bytes payload;  // encoded manifest
  uint32_t signature_count;
  struct pm_unverified_signature signatures[PM_SIGNATURES_MAX];
  struct pm_manifest manifest;
};

// Decodes the mark of `file`, or of `mark` when it is not NULL, for display and for tools. This is NOT verification.
// Returns PM_DECODED_UNVERIFIED, or a refusal of the stages 2xx, 3xx and 5xx. Never returns PM_ACCEPTED.
PM_NODISCARD enum pm_verdict pm_decode_unverified(const struct pm_io* file, const struct pm_io* mark,
                                                  struct pm_scratch* scratch, struct pm_unverified_mark* decoded);

// Computes the content digest (fs-verity, SHA-256, 4 KiB blocks, no salt) of the first `length` bytes of `file`. A manifest
// that lies in the same scratch memory stays valid. Returns 0 and stores PM_DIGEST_SIZE bytes, or -1 when reading failed.
PM_NODISCARD int pm_content_digest(const struct pm_io* file, uint64_t length, struct pm_scratch* scratch,
                                   uint8_t digest[PM_DIGEST_SIZE]);

// Checks one signature over `message` by `key`, as for a mark: PS256, ES256, ES384 and HSS-LMS, raw. For tools and tests; a
// file is verified with pm_verify(), and with nothing else. Returns 0 when the signature is good, -1 when it is not or when
// the key is none that check_trust would take.
PM_NODISCARD int pm_check_signature(const struct pm_trust_key* key, struct pm_bytes message, struct pm_bytes signature);

// Name of a property ("bind-now"), as evidence files spell it; NULL above PM_PROPERTY_COUNT.
const char* pm_property_name(uint32_t property);

#ifdef __cplusplus
}
#endif

#endif
