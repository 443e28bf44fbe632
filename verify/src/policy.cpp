// SPDX-License-Identifier: Apache-2.0
//
// Compares an authentic manifest with what the caller demands. It stands before the hashing of the content, so that a
// file for another board is refused without reading it.
#include "session.h"
#include "trust.h"

namespace proofmark::verify {
namespace {

bool is_for_board(const pm_manifest& manifest, const pm_trust& trust) {
  if ((trust.flags & PM_TRUST_ANY_BOARD) != 0) return true;
  for (uint32_t i = 0; i < manifest.board_count; ++i) {
    if (equal_text(manifest.boards[i], PM_ANY_BOARD, PM_BOARD_NAME_MAX)) return true;
    if (equal_text(manifest.boards[i], trust.board, PM_BOARD_NAME_MAX)) return true;
  }
  return false;
}

bool is_for_machine(const pm_manifest& manifest, const pm_trust& trust) {
  return (trust.flags & PM_TRUST_ANY_MACHINE) != 0 || manifest.machine == trust.machine;
}

// The caller's own minimum, or that of its board in the trust, whichever is higher.
uint32_t minimum_security_version(const pm_trust& trust) {
  const pm_trust_board* board = find_board(trust);
  if (board == nullptr || board->minimum_security_version < trust.minimum_security_version) {
    return trust.minimum_security_version;
  }
  return board->minimum_security_version;
}

}  // namespace

pm_verdict check_policy(Session* session) {
  const pm_trust& trust = *session->trust;
  const pm_manifest& manifest = session->result->manifest;
  if (trust.subject != nullptr && !equal_text(manifest.name, trust.subject, PM_NAME_MAX)) {
    return PM_REFUSED_SUBJECT_NAME;
  }
  if ((PM_KIND_BIT(manifest.kind) & trust.kinds) == 0) return PM_REFUSED_KIND;
  if (!is_for_machine(manifest, trust)) return PM_REFUSED_MACHINE;
  if (!is_for_board(manifest, trust)) return PM_REFUSED_BOARD;
  if (manifest.security_version < minimum_security_version(trust)) return PM_REFUSED_SECURITY_VERSION;
  if (manifest.proof_status != PM_PROVEN && (trust.flags & PM_TRUST_ALLOW_UNPROVEN) == 0) {
    return PM_REFUSED_UNPROVEN;
  }
  session->result->missing_properties = trust.required_properties & ~manifest.properties;
  if (session->result->missing_properties != 0) return PM_REFUSED_PROPERTIES;
  if (holds_digest(trust.revoked_contents, trust.revoked_content_count, manifest.content_digest)) {
    return PM_REFUSED_REVOKED;
  }
  session->passed |= kStagePolicy;
  return kPassed;
}

}  // namespace proofmark::verify
