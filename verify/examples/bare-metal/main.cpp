// SPDX-License-Identifier: Apache-2.0
//
// A boot loader in one function: verifies the image, says on one line what came of it, and starts the image if, and only if,
// it was accepted.
#include <proofmark/hash.h>
#include <proofmark/verify.h>

#include "board.h"
#include "image.h"
#include "message.h"
#include "start.h"

namespace proofmark::bare_metal {
namespace {

pm_scratch scratch;
pm_result result;

// The subject matters: without it any data that a trusted key ever signed would be started. A flat image is data, about which
// analyzers can prove nothing, so marks without evidence are taken; where evidence was given, `policy` and `properties` of the
// manifest say so. A device that remembers the newest version it has started raises the minimum to it.
pm_trust make_trust() {
  pm_trust trust = pm_trust_for_role(&pm_trust_builtin, PM_ROLE_PROGRAM, BARE_METAL_BOARD);
  trust.flags = PM_TRUST_ALLOW_UNPROVEN | (BARE_METAL_RELEASE ? 0u : unsigned{PM_TRUST_ALLOW_TEST_KEYS});
  trust.subject = BARE_METAL_SUBJECT;
  trust.kinds = PM_KIND_BIT(PM_KIND_DATA);
  trust.minimum_security_version = BARE_METAL_MINIMUM_SECURITY_VERSION;
  return trust;
}

}  // namespace

void decide() {
  const pm_io image = image_io();
  const pm_trust trust = make_trust();
  const pm_verdict verdict = pm_verify(&image, &trust, &scratch, &result);
  if (verdict != PM_ACCEPTED) {
    Message()
        .add("proofmark: refused: ")
        .add(pm_file_verdict_text(verdict))
        .add(" (PM-E")
        .add(verdict)
        .add(")")
        .write();
    power_off();
  }
  const char* hash = pm_hash_kernel_name(pm_choose_hash_kernel());
  Message message;
  message.add("proofmark: accepted: ").add(result.name).add(", security version ").add(result.security_version);
  message.add(" (").add(result.manifest.content_length).add(" bytes, ").add(hash).add(")").write();
  start_payload(kPayload, result.manifest.content_length);
}

}  // namespace proofmark::bare_metal
