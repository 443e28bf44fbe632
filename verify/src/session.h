// SPDX-License-Identifier: Apache-2.0
//
// One verification while it runs: what the caller handed in, what each stage has found, and how far it got. The stages
// are functions of this structure, called in one fixed order by verify.cpp. Large members live in the scratch memory.
#pragma once

#include "bytes.h"
#include "mark.h"
#include "verity.h"

namespace proofmark::verify {

// What a stage returns when it has no objection. It is not a verdict: a stage that leaves the library early by mistake
// hands out a number that is neither PM_ACCEPTED nor listed.
inline constexpr auto kPassed = static_cast<pm_verdict>(0x15CA3A69);

enum Stage : uint32_t {
  kStageTrust = 1u << 0,
  kStageMark = 1u << 1,
  kStageSignatures = 1u << 2,
  kStageManifest = 1u << 3,
  kStagePolicy = 1u << 4,
  kStageContent = 1u << 5,
  kAllStages = (1u << 6) - 1,
};

// Layout of pm_scratch.
struct Workspace {
  uint8_t mark[PM_MARK_MAX_SIZE];
  VerityHasher verity;
};
static_assert(sizeof(Workspace) <= PM_SCRATCH_SIZE, "the published size holds");
static_assert(alignof(Workspace) <= PM_SCRATCH_ALIGNMENT, "the published alignment holds");

inline Workspace* workspace_of(pm_scratch* scratch) {
  return reinterpret_cast<Workspace*>(scratch->bytes);
}

struct Session {
  const pm_io* file;
  const pm_io* detached_mark;  // NULL: the mark is at the end of `file`
  const uint8_t* measured;     // content digest, by somebody who guards the content; NULL: hash it
  const pm_trust* trust;
  Workspace* work;
  const Sha256Kernel* kernel;  // chosen once, because asking the CPU is slow in a virtual machine
  pm_result* result;
  uint32_t passed;  // Stage bits; each stage sets its own as its last act
  Mark mark;
};

// The keys whose signatures over a message are good and count.
struct Signers {
  uint32_t count;
  const pm_trust_key* keys[PM_TRUST_SIGNATURES_MAX];
};

// Enough of the keys that `trust` counts signed the message. Refuses with 4xx.
[[nodiscard]] pm_verdict check_signers(const Mark& mark, const Sha256Kernel* kernel, const pm_trust& trust,
                                       Signers* signers);

[[nodiscard]] pm_verdict check_trust(Session* session);
[[nodiscard]] pm_verdict check_mark(Session* session);
[[nodiscard]] pm_verdict check_signatures(Session* session);
[[nodiscard]] pm_verdict check_manifest(Session* session);
[[nodiscard]] pm_verdict check_policy(Session* session);
[[nodiscard]] pm_verdict check_content(Session* session);

}  // namespace proofmark::verify
