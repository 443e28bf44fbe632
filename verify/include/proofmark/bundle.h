// SPDX-License-Identifier: Apache-2.0
//
// Reader for the table of a bundle: what a whole root file system must be, entry by entry, in memory of constant size. The
// table is believed only after its mark was accepted:
//
//     static struct pm_bundle bundle;
//     struct pm_bundle_entry entry;
//     if (pm_verify(&file, &trust, &scratch, &result) != PM_ACCEPTED) refuse();   // trust.kinds: PM_KIND_BUNDLE alone
//     if (pm_bundle_open(&bundle, &file, &result) != PM_ACCEPTED) refuse();
//     for (uint32_t i = 0; i < bundle.entry_count; ++i) {
//       if (pm_bundle_next(&bundle, &entry) != PM_ACCEPTED) refuse();
//       ...
//     }
//
// `file` must give the bytes that were verified until the last call: a sealed copy, or a file that nobody can write.
#ifndef PROOFMARK_BUNDLE_H
#define PROOFMARK_BUNDLE_H

#include <proofmark/verify.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { PM_BUNDLE_WINDOW_SIZE = 16 * 1024 };

// Part of the table that was read ahead.
struct pm_bundle_window {
  uint64_t offset;
  size_t length;
  uint8_t bytes[PM_BUNDLE_WINDOW_SIZE];
};

// State of a reader, lent by the caller; about 50 KiB. Only `entry_count` is of interest outside.
struct pm_bundle {
  uint32_t entry_count;
  const struct pm_io* file;
  enum pm_verdict good;    // what a good call returns: PM_ACCEPTED, or PM_DECODED_UNVERIFIED
  uint32_t name_length;    // bytes
  uint32_t next_index;     // of the entry that pm_bundle_next() gives next
  uint32_t next_name;      // where its path must begin
  uint32_t previous_type;  // of the entry before it
  uint32_t previous_path_length;
  struct pm_bundle_window entries;
  struct pm_bundle_window names;
  uint8_t paths[2][PM_BUNDLE_PATH_MAX + 1];  // of the entry given last and the one before, in turn
  uint8_t target[PM_BUNDLE_PATH_MAX + 1];
  uint8_t found_path[PM_BUNDLE_PATH_MAX + 1];  // of the entry that pm_bundle_find() looks at
  struct pm_bundle_record record;
  struct pm_bundle_record found_record;
};

// One entry. Bytes lie in the reader and stay until the next call with it; paths and targets are followed by a zero byte
// that is not counted, and hold none, so they can be handed to the kernel as they are.
struct pm_bundle_entry {
  uint32_t index;
  uint32_t first;  // index of the first entry that is the same file (hard link); `index` when it is the first
  uint32_t type;   // enum pm_bundle_type
  uint32_t mode;   // permissions with set-user-ID, set-group-ID and sticky bit, without the type
  uint32_t uid;
  uint32_t gid;
  uint32_t major;              // devices
  uint32_t minor;              // devices
  uint64_t size;               // bytes of a regular file, else 0
  const uint8_t* digest;       // fs-verity digest of a regular file, PM_DIGEST_SIZE bytes; else NULL
  struct pm_bytes path;        // relative to the root, components separated by one '/'; empty for the root itself
  struct pm_bytes target;      // of a symbolic link, else empty
  struct pm_bytes capability;  // extended attribute security.capability of a regular file, else empty
};

// Makes `bundle` read the table in `file`.
//
//   bundle  overwritten in full; the caller keeps it as long as it reads entries
//   file    the file that pm_verify() has just accepted; kept
//   result  what pm_verify() said; not kept
//
// Returns PM_ACCEPTED or the number of the refusal: an argument is missing, `result` is not the acceptance of a bundle, or
// the head of the table is wrong. Success does not promise that the entries are well-formed: pm_bundle_next() checks each.
PM_NODISCARD enum pm_verdict pm_bundle_open(struct pm_bundle* bundle, const struct pm_io* file,
                                            const struct pm_result* result);

// The same for tools that only look: the first `length` bytes of `file` are the table, signed or not. Good calls return
// PM_DECODED_UNVERIFIED, here and for every entry.
PM_NODISCARD enum pm_verdict pm_bundle_open_unverified(struct pm_bundle* bundle, const struct pm_io* file,
                                                       uint64_t length);

// Gives the next entry, in ascending order of paths in which '/' comes before every other byte: so a directory comes right
// before what lies in it. Checks everything that docs/format.md section 12 demands of an entry, and with the last entry
// that nothing is left over.
//
// Returns PM_ACCEPTED (PM_DECODED_UNVERIFIED for a table that only is looked at), PM_REFUSED_BUNDLE_END after the last
// entry, or the number of the refusal; after a refusal the reader refuses for good, with the same number.
PM_NODISCARD enum pm_verdict pm_bundle_next(struct pm_bundle* bundle, struct pm_bundle_entry* entry);

// Looks for one path (`length` bytes, no leading '/'; 0 bytes are the root), in at most 21 steps of two small reads.
// pm_bundle_next() goes on where it was.
//
// Returns PM_ACCEPTED (PM_DECODED_UNVERIFIED), PM_REFUSED_BUNDLE_NO_ENTRY, or a refusal. Success promises that the entry
// given has this path and a well-formed record. It does not promise that the rest of the table is well-formed, nor that
// another entry has not the same path: where that matters, go through all entries once, before.
PM_NODISCARD enum pm_verdict pm_bundle_find(struct pm_bundle* bundle, const char* path, size_t length,
                                            struct pm_bundle_entry* entry);

#ifdef __cplusplus
}
#endif

#endif
