// SPDX-License-Identifier: Apache-2.0
//
// Verdicts. One number per refusal point, grouped by the stage that refuses; a number is never reused for another
// meaning. docs/errors.md says for each what it means and what to do; a test compares the two.
#ifndef PROOFMARK_VERDICT_H
#define PROOFMARK_VERDICT_H

#include <stdint.h>

#define PM_NODISCARD __attribute__((warn_unused_result))

#ifdef __cplusplus
extern "C" {
#endif

enum pm_verdict {
  PM_REFUSED = 0,             // nothing was decided; what zeroed memory means
  PM_DECODED_UNVERIFIED = 1,  // pm_decode_unverified() only: legible, and nothing more
  PM_ACCEPTED = 0x6A35C596,   // the only acceptance: 16 bits of 32 set, far from every other value

  // 1xx: what the caller handed in. No byte of the file was read.
  PM_REFUSED_ARGUMENT = 101,
  PM_REFUSED_TRUST_VERSION = 102,
  PM_REFUSED_TRUST_KEY_COUNT = 103,
  PM_REFUSED_TRUST_THRESHOLD = 104,
  PM_REFUSED_TRUST_KEY = 105,
  PM_REFUSED_TRUST_DUPLICATE_KEY = 106,
  PM_REFUSED_TRUST_TEST_KEY = 107,
  PM_REFUSED_TRUST_BOARD = 108,
  PM_REFUSED_TRUST_KINDS = 109,

  // 2xx: finding the mark. Nothing is authenticated yet.
  PM_REFUSED_FILE_SIZE = 201,
  PM_REFUSED_UNSIGNED_SHORT = 202,
  PM_REFUSED_READ_TRAILER = 203,
  PM_REFUSED_UNSIGNED = 204,
  PM_REFUSED_FORMAT_VERSION = 205,
  PM_REFUSED_TRAILER_RESERVED = 206,
  PM_REFUSED_MARK_LENGTH = 207,
  PM_REFUSED_MARK_LONGER_THAN_FILE = 208,
  PM_REFUSED_COVERED_LENGTH = 209,
  PM_REFUSED_READ_MARK = 210,

  // 3xx: the COSE_Sign message. Nothing is authenticated yet.
  PM_REFUSED_MARK_FORM = 301,
  PM_REFUSED_MARK_CONTENT_TYPE = 302,
  PM_REFUSED_MARK_UNPROTECTED = 303,
  PM_REFUSED_MARK_PAYLOAD = 304,
  PM_REFUSED_SIGNATURE_COUNT = 305,
  PM_REFUSED_SIGNATURE_FORM = 306,
  PM_REFUSED_SIGNATURE_ALGORITHM = 307,
  PM_REFUSED_SIGNATURE_KEY_ID = 308,
  PM_REFUSED_SIGNATURE_ORDER = 309,
  PM_REFUSED_SIGNATURE_LENGTH = 310,
  PM_REFUSED_MARK_PADDING = 311,

  // 4xx: the signatures.
  PM_REFUSED_KEY_UNKNOWN = 401,
  PM_REFUSED_KEY_ALGORITHM = 402,
  PM_REFUSED_KEY_SIGNATURE_LENGTH = 403,
  PM_REFUSED_SIGNATURE_WRONG = 404,
  PM_REFUSED_CRYPTO = 405,
  PM_REFUSED_THRESHOLD = 406,

  // 5xx: the manifest. It is authentic, but not what this version understands.
  PM_REFUSED_MANIFEST_FORM = 501,
  PM_REFUSED_MANIFEST_VERSION = 502,
  PM_REFUSED_SUBJECT = 503,
  PM_REFUSED_BOARDS = 504,
  PM_REFUSED_CONTENT = 505,
  PM_REFUSED_CONTENT_LENGTH = 506,
  PM_REFUSED_CONTENT_MARK_LENGTH = 507,
  PM_REFUSED_ORIGINAL = 508,
  PM_REFUSED_SEGMENTS = 509,
  PM_REFUSED_SECURITY_VERSION_FORM = 510,
  PM_REFUSED_BUILD = 511,
  PM_REFUSED_PROOF = 512,
  PM_REFUSED_RUNTIME = 513,
  PM_REFUSED_DEPENDENCIES = 514,
  PM_REFUSED_BINDINGS = 515,

  // 6xx: what the caller demands. The mark is authentic and legible.
  PM_REFUSED_SUBJECT_NAME = 601,
  PM_REFUSED_KIND = 602,
  PM_REFUSED_MACHINE = 603,
  PM_REFUSED_BOARD = 604,
  PM_REFUSED_SECURITY_VERSION = 605,
  PM_REFUSED_UNPROVEN = 606,
  PM_REFUSED_PROPERTIES = 607,

  // 7xx: the content.
  PM_REFUSED_READ_CONTENT = 701,
  PM_REFUSED_CONTENT_DIGEST = 702,

  // 8xx: proofmark-exec, around the verification.
  PM_REFUSED_EXEC_OPEN = 801,
  PM_REFUSED_EXEC_FILE_TYPE = 802,
  PM_REFUSED_EXEC_MEMORY_FILE = 803,
  PM_REFUSED_EXEC_COPY = 804,
  PM_REFUSED_EXEC_SEAL = 805,
  PM_REFUSED_EXEC_ELF = 806,
  PM_REFUSED_EXEC_INTERPRETER = 807,
  PM_REFUSED_EXEC_DEPENDENCIES = 808,
  PM_REFUSED_EXEC_CONFINEMENT = 809,
  PM_REFUSED_EXEC_DESCRIPTORS = 810,
  PM_REFUSED_EXEC_PRIVILEGES = 811,
  PM_REFUSED_EXEC_START = 812,

  // 9xx: the table of a bundle. Its mark is good, so whoever signed it wrote this.
  PM_REFUSED_BUNDLE_NOT_ACCEPTED = 901,
  PM_REFUSED_READ_BUNDLE = 902,
  PM_REFUSED_BUNDLE_HEADER = 903,
  PM_REFUSED_BUNDLE_VERSION = 904,
  PM_REFUSED_BUNDLE_LENGTH = 905,
  PM_REFUSED_BUNDLE_TYPE = 906,
  PM_REFUSED_BUNDLE_ATTRIBUTES = 907,
  PM_REFUSED_BUNDLE_NAMES = 908,
  PM_REFUSED_BUNDLE_PATH = 909,
  PM_REFUSED_BUNDLE_ORDER = 910,
  PM_REFUSED_BUNDLE_PARENT = 911,
  PM_REFUSED_BUNDLE_TARGET = 912,
  PM_REFUSED_BUNDLE_CAPABILITY = 913,
  PM_REFUSED_BUNDLE_LINK = 914,
  PM_REFUSED_BUNDLE_END = 915,
  PM_REFUSED_BUNDLE_NO_ENTRY = 916,
};

// What a command line program returns for a verdict: 0 accepted, 1 not trusted, 3 could not tell (reading failed, memory
// ran out, or the trust itself is unusable).
PM_NODISCARD int pm_verdict_exit_code(enum pm_verdict verdict);

// One line without full stop, for people: "the content is not what was signed". Never NULL; static memory.
const char* pm_verdict_text(enum pm_verdict verdict);

#ifdef __cplusplus
}
#endif

#endif
