// SPDX-License-Identifier: Apache-2.0
//
// The entry points of the C interface, and the one place that can accept.
#include "session.h"

#include "manifest.h"

namespace proofmark::verify {
namespace {

// The stages, in the order of docs/format.md section "Verification". The only exit with PM_ACCEPTED is the last line, and
// it is taken only when every stage has signed off by its own bit: a stage that is jumped over leaves its bit out.
pm_verdict run_stages(Session* session) {
  pm_verdict verdict = check_trust(session);
  if (verdict != kPassed) return verdict;
  verdict = check_mark(session);
  if (verdict != kPassed) return verdict;
  verdict = check_signatures(session);
  if (verdict != kPassed) return verdict;
  verdict = check_manifest(session);
  if (verdict != kPassed) return verdict;
  verdict = check_policy(session);
  if (verdict != kPassed) return verdict;
  verdict = check_content(session);
  if (verdict != kPassed) return verdict;
  return session->passed == kAllStages ? PM_ACCEPTED : PM_REFUSED;
}

bool is_usable(const pm_io* io) {
  return io != nullptr && io->size != nullptr && io->read != nullptr;
}

pm_verdict verify(const pm_io* file, const pm_io* mark, const uint8_t* digest, const pm_trust* trust,
                  pm_scratch* scratch, pm_result* result) {
  Workspace* work = workspace_of(scratch);
  Session session = {file, mark, digest, trust, work, work->verity.choose_kernel(), result, 0, {}};
  zero_bytes(result, sizeof *result);
  result->verdict = run_stages(&session);
  return result->verdict;
}

// Refuses for an argument that is missing, and leaves no old verdict behind.
pm_verdict refuse_argument(pm_result* result) {
  if (result == nullptr) return PM_REFUSED_ARGUMENT;
  zero_bytes(result, sizeof *result);
  result->verdict = PM_REFUSED_ARGUMENT;
  return PM_REFUSED_ARGUMENT;
}

void publish(const Mark& mark, pm_unverified_mark* decoded) {
  decoded->mark_length = mark.mark_length;
  decoded->covered_length = mark.covered_length;
  decoded->message = mark.message;
  decoded->payload = mark.payload;
  decoded->signature_count = mark.signature_count;
  for (uint32_t i = 0; i < mark.signature_count; ++i) {
    const Signature& signature = mark.signatures[i];
    decoded->signatures[i] = {signature.algorithm, signature.key_id, signature.bytes};
  }
}

}  // namespace
}  // namespace proofmark::verify

using namespace proofmark::verify;

pm_verdict pm_verify(const pm_io* file, const pm_trust* trust, pm_scratch* scratch, pm_result* result) {
  if (!is_usable(file) || trust == nullptr || scratch == nullptr || result == nullptr) return refuse_argument(result);
  return verify(file, nullptr, nullptr, trust, scratch, result);
}

pm_verdict pm_verify_detached(const pm_io* file, const pm_io* mark, const pm_trust* trust, pm_scratch* scratch,
                              pm_result* result) {
  return pm_verify_measured(file, nullptr, mark, trust, scratch, result);
}

pm_verdict pm_verify_measured(const pm_io* file, const uint8_t* digest, const pm_io* mark, const pm_trust* trust,
                              pm_scratch* scratch, pm_result* result) {
  if (!is_usable(file) || !is_usable(mark) || trust == nullptr || scratch == nullptr || result == nullptr) {
    return refuse_argument(result);
  }
  return verify(file, mark, digest, trust, scratch, result);
}

pm_verdict pm_decode_unverified(const pm_io* file, const pm_io* mark, pm_scratch* scratch,
                                pm_unverified_mark* decoded) {
  if (!is_usable(file) || (mark != nullptr && !is_usable(mark)) || scratch == nullptr || decoded == nullptr) {
    return PM_REFUSED_ARGUMENT;
  }
  zero_bytes(decoded, sizeof *decoded);
  uint8_t* buffer = workspace_of(scratch)->mark;
  Mark found = {};
  pm_verdict verdict = load_mark(*file, mark, buffer, &found);
  if (verdict != kPassed) return verdict;
  verdict = parse_mark(buffer, &found);
  if (verdict != kPassed) return verdict;
  publish(found, decoded);
  verdict = decode_manifest(found, &decoded->manifest);
  return verdict == kPassed ? PM_DECODED_UNVERIFIED : verdict;
}

int pm_content_digest(const pm_io* file, uint64_t length, pm_scratch* scratch, uint8_t digest[PM_DIGEST_SIZE]) {
  if (!is_usable(file) || scratch == nullptr || digest == nullptr) return -1;
  return workspace_of(scratch)->verity.hash(choose_sha256_kernel(), *file, length, digest) ? 0 : -1;
}
