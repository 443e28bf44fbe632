// SPDX-License-Identifier: Apache-2.0
//
// Whom a device trusts, and with what: keys with roles and boards, how many of them must sign, what is revoked. All of it
// is either compiled in or comes from a trust store, a file that root keys have signed (docs/format.md section 13).
//
//     static struct pm_trust_store store;
//     struct pm_trust_set trusted = pm_trust_builtin;
//     if (pm_trust_store_open(&file, &trusted, 0, &scratch, &store) == PM_ACCEPTED) trusted = store.set;
//     struct pm_trust trust = pm_trust_for_role(&trusted, PM_ROLE_PROGRAM, "qemu-amd64");
//
// Zeroed structures mean "refuse": a key without roles signs nothing, a role without a threshold accepts nothing.
#ifndef PROOFMARK_TRUST_H
#define PROOFMARK_TRUST_H

#include <stddef.h>
#include <stdint.h>

#include <proofmark/format.h>
#include <proofmark/verdict.h>

#ifdef __cplusplus
extern "C" {
#endif

struct pm_io;
struct pm_scratch;

// --- Keys ------------------------------------------------------------------------------------------------------------

enum {
  PM_KEY_P256_SIZE = 65,      // 0x04 || X || Y
  PM_KEY_P384_SIZE = 97,      // 0x04 || X || Y
  PM_KEY_RSA3072_SIZE = 388,  // modulus, 384 bytes big endian || public exponent, 4 bytes big endian
  PM_KEY_RSA4096_SIZE = 516,  // modulus, 512 bytes big endian || public exponent, 4 bytes big endian
  PM_KEY_HSS192_SIZE = 52,    // RFC 8554 section 6.1, hashes of 24 bytes
  PM_KEY_HSS256_SIZE = 60,    // the same with hashes of 32 bytes
  PM_KEY_MAX_SIZE = 516,
};

// One trusted public key. The algorithm is a property of the key: a signature that names another one is refused.
// The bytes stand inline, so that a generated table needs no relocation and stays in .rodata.
struct pm_trust_key {
  int32_t algorithm;           // enum pm_algorithm
  uint32_t flags;              // enum pm_trust_key_flag, other bits zero
  uint32_t roles;              // bits of enum pm_role; 0: what it signs counts for nothing
  uint32_t boards;             // bit i: may sign for board i of the trust's table
  uint8_t id[PM_KEY_ID_SIZE];  // SHA-256 of the DER SubjectPublicKeyInfo; not recomputed here
  uint32_t size;               // bytes used of `key`: one of the PM_KEY_*_SIZE, fitting the algorithm
  uint8_t key[PM_KEY_MAX_SIZE];
};

// A board that the trust names, and the lowest security version that files for it may have.
struct pm_trust_board {
  char name[PM_TRUST_BOARD_NAME_SIZE];  // zero-terminated, 1 to PM_BOARD_NAME_MAX bytes
  uint32_t minimum_security_version;
};

struct pm_digest {
  uint8_t bytes[PM_DIGEST_SIZE];
};

// --- Trust: what pm_verify() is told -----------------------------------------------------------------------------------

enum { PM_TRUST_VERSION = 2 };

enum pm_trust_flag {
  PM_TRUST_ALLOW_TEST_KEYS = 1u << 0,  // never in a release
  PM_TRUST_ALLOW_UNPROVEN = 1u << 1,   // accept a mark that was struck without evidence
  PM_TRUST_ANY_BOARD = 1u << 2,    // for tools on a host; `board` is not looked at, nor for which boards a key signs
  PM_TRUST_ANY_MACHINE = 1u << 3,  // for tools on a host; `machine` is not looked at
};

#define PM_KIND_BIT(kind) (1u << (kind))
#define PM_KINDS_ALL \
  (PM_KIND_BIT(PM_KIND_EXECUTABLE) | PM_KIND_BIT(PM_KIND_SHARED_OBJECT) | PM_KIND_BIT(PM_KIND_RELOCATABLE) | \
   PM_KIND_BIT(PM_KIND_DATA) | PM_KIND_BIT(PM_KIND_BUNDLE))

// Whom and what the caller trusts. All of it comes from the caller's own read-only data or from a trust store that was
// opened, none from the file that is checked.
struct pm_trust {
  uint32_t version;                 // PM_TRUST_VERSION
  uint32_t flags;                   // enum pm_trust_flag, other bits zero
  const struct pm_trust_key* keys;  // distinct ids and distinct keys, at least one
  uint32_t key_count;               // 1 to PM_TRUST_KEYS_MAX
  uint32_t threshold;               // distinct keys that must have signed, 1 to PM_SIGNATURES_MAX and to key_count
  const char* board;                // zero-terminated, 1 to PM_BOARD_NAME_MAX bytes; the mark must name it, or "*"
  const char* subject;              // zero-terminated name that the mark must carry; NULL = any
  uint32_t kinds;                   // PM_KIND_BIT of each kind that the caller can use; 0 accepts none
  uint32_t machine;                 // e_machine that the mark must carry, 0 for data
  uint64_t required_properties;     // bits by enum pm_property that the mark must claim
  uint32_t minimum_security_version;
  uint32_t role;                             // one of enum pm_role, not the root: only keys that have it count
  const struct pm_trust_board* boards;       // distinct names; the keys' `boards` number them
  const struct pm_digest* revoked_keys;      // ids: signatures by these keys are passed over
  const struct pm_digest* revoked_contents;  // content digests that are refused, whoever signed them
  uint32_t board_count;                      // 0 to PM_TRUST_BOARDS_MAX
  uint32_t revoked_key_count;                // 0 to PM_TRUST_REVOKED_KEYS_MAX
  uint32_t revoked_content_count;            // 0 to PM_TRUST_REVOKED_CONTENTS_MAX
  uint32_t reserved;                         // zero
};

// --- Trust sets: everything a store says --------------------------------------------------------------------------------

// By reference, so that a set costs nothing to hand on. Thresholds are in the order of enum pm_role, 0: nobody can.
struct pm_trust_set {
  uint32_t version;  // of the store, at least 1; 0: made from keys alone, cannot be replaced by a store
  uint32_t key_count;
  const struct pm_trust_key* keys;
  const struct pm_trust_board* boards;
  const struct pm_digest* revoked_keys;
  const struct pm_digest* revoked_contents;
  uint32_t board_count;
  uint32_t revoked_key_count;
  uint32_t revoked_content_count;
  uint32_t thresholds[PM_ROLE_COUNT];
};

// What `proofmark trust compile` and `proofmark pubkey --format cpp` generate, to be compiled into a device program. Keys
// and lists lie in .rodata; only the four addresses of the set are relocated.
extern const struct pm_trust_key pm_trust_keys[];
extern const uint32_t pm_trust_key_count;
extern const struct pm_trust_set pm_trust_builtin;

// Trust in what the keys of one role sign. `board` is kept, not copied. The caller adds kinds, machine and whatever more it
// demands; before that the trust accepts nothing.
struct pm_trust pm_trust_for_role(const struct pm_trust_set* set, enum pm_role role, const char* board);

// One number for everything that `set` says, equal for equal sets (docs/measured-boot.md has its definition): for records of whom a
// device trusted. Says nothing about whether the set is sound.
void pm_trust_digest(const struct pm_trust_set* set, uint8_t digest[PM_DIGEST_SIZE]);

// A store read from a file: what it says, and the memory that `set` points into. About 29 KB, lent by the caller.
struct pm_trust_store {
  struct pm_trust_set set;
  struct pm_trust_key keys[PM_TRUST_KEYS_MAX];
  struct pm_trust_board boards[PM_TRUST_BOARDS_MAX];
  struct pm_digest revoked_keys[PM_TRUST_REVOKED_KEYS_MAX];
  struct pm_digest revoked_contents[PM_TRUST_REVOKED_CONTENTS_MAX];
};

// Decides whether the store in `file` may take the place of `trusted`.
//
//   file     the whole file is one store, at most PM_TRUST_STORE_MAX_SIZE bytes; read once
//   trusted  what is trusted now: pm_trust_builtin, or the set of a store that was opened before. Where the device
//            remembers the version of the newest store it has seen, raise `trusted->version` to it.
//   flags    PM_TRUST_ALLOW_TEST_KEYS, or 0
//   scratch  working memory
//   store    overwritten in full; all zero unless accepted. May not be the memory that `trusted` points into.
//
// Returns PM_ACCEPTED or the number of the refusal.
//
// PM_ACCEPTED promises: enough root keys of `trusted` signed the store, and enough of its own; its version is not below
// that of `trusted`; it contradicts itself nowhere. It does not promise that no newer store exists.
PM_NODISCARD enum pm_verdict pm_trust_store_open(const struct pm_io* file, const struct pm_trust_set* trusted,
                                                 uint32_t flags, struct pm_scratch* scratch,
                                                 struct pm_trust_store* store);

#ifdef __cplusplus
}
#endif

#endif
