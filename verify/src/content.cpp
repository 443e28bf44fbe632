// SPDX-License-Identifier: Apache-2.0
//
// Recomputes the content digest over [0, N), each byte read once, and compares it with the signed one, unless the caller has
// one from the kernel that guards the content. Only after the
// refusal is certain are segments read again, to name the one that is damaged.
#include "session.h"

namespace proofmark::verify {
namespace {

// The per-segment digests are for diagnosis only; no decision depends on them.
void locate_damage(const pm_io& file, const pm_manifest& manifest, Workspace* work, pm_damage* damage) {
  for (uint32_t i = 0; i < manifest.segment_count; ++i) {
    const pm_segment& segment = manifest.segments[i];
    uint8_t digest[PM_DIGEST_SIZE];
    if (!work->verity.hash_range(file, segment.offset, segment.length, digest)) return;
    if (equal_bytes(digest, segment.digest, sizeof digest)) continue;
    damage->located = 1;
    damage->segment = i;
    damage->offset = segment.offset;
    damage->length = segment.length;
    return;
  }
}

bool find_digest(Session* session, uint64_t length, uint8_t digest[PM_DIGEST_SIZE]) {
  if (session->measured == nullptr) {
    return session->work->verity.hash(session->kernel, *session->file, length, digest);
  }
  copy_bytes(digest, session->measured, PM_DIGEST_SIZE);
  return true;
}

}  // namespace

pm_verdict check_content(Session* session) {
  pm_result* result = session->result;
  const pm_manifest& manifest = result->manifest;
  uint8_t digest[PM_DIGEST_SIZE];
  if (!find_digest(session, manifest.content_length, digest)) return PM_REFUSED_READ_CONTENT;
  if (!equal_bytes(digest, manifest.content_digest, sizeof digest)) {
    copy_bytes(result->damage.digest, digest, sizeof digest);
    if (session->measured == nullptr) locate_damage(*session->file, manifest, session->work, &result->damage);
    return PM_REFUSED_CONTENT_DIGEST;
  }
  session->passed |= kStageContent;
  return kPassed;
}

}  // namespace proofmark::verify
