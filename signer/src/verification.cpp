// SPDX-License-Identifier: Apache-2.0
//
// The way to the verifier, which lives in a library of its own and decides alone.
#include <algorithm>

#include <fmt/format.h>

#include "intact.h"
#include "proofmark/sign/signing.h"

namespace proofmark::sign {
namespace {

// The kind that the mark claims says in which role its keys must have signed. It is not verified here, and needs not be: the
// role then limits the kinds that are accepted.
pm_role claimed_role(const pm_io* file, const pm_io* mark, pm_scratch& scratch) {
  const auto decoded = std::make_unique<pm_unverified_mark>();
  const pm_verdict verdict = pm_decode_unverified(file, mark, &scratch, decoded.get());
  return verdict == PM_DECODED_UNVERIFIED ? role_for(static_cast<pm_kind>(decoded->manifest.kind)) : PM_ROLE_PROGRAM;
}

std::uint32_t kinds_of(pm_role role) {
  if (role == PM_ROLE_RECOVERY) return PM_KINDS_ALL;
  std::uint32_t kinds = 0;
  for (const auto kind :
       {PM_KIND_EXECUTABLE, PM_KIND_SHARED_OBJECT, PM_KIND_RELOCATABLE, PM_KIND_DATA, PM_KIND_BUNDLE}) {
    if (role_for(kind) == role) kinds |= PM_KIND_BIT(kind);
  }
  return kinds;
}

}  // namespace

Verification::Verification() : scratch_(std::make_unique<pm_scratch>()), result_(std::make_unique<pm_result>()) {}

void Verification::run(int fd, int mark_fd, const TrustRequest& request) {
  const TrustTables tables(request.store ? *request.store : store_of_keys(request.keys));
  const VerifierInput file(fd), mark(mark_fd);
  const pm_io* detached = mark_fd >= 0 ? mark.io() : nullptr;
  const pm_role role = request.role.value_or(claimed_role(file.io(), detached, *scratch_));
  pm_trust trust = pm_trust_for_role(&tables.set(), role, request.board.c_str());
  // A host tool looks at files for any machine, and at test keys: whoever names a key here knows which one it is.
  trust.flags = PM_TRUST_ALLOW_TEST_KEYS | PM_TRUST_ANY_MACHINE;
  if (request.allow_unproven) trust.flags |= PM_TRUST_ALLOW_UNPROVEN;
  if (request.board.empty()) trust.flags |= PM_TRUST_ANY_BOARD;
  // Of a store's threshold nothing is taken off; without a store the request alone decides.
  trust.threshold =
      request.store ? std::max(trust.threshold, std::min(trust.threshold, 1U) * request.threshold) : request.threshold;
  trust.kinds = kinds_of(role);
  trust.minimum_security_version = request.minimum_security_version;
  result_->verdict = detached != nullptr
                         ? pm_verify_detached(file.io(), detached, &trust, scratch_.get(), result_.get())
                         : pm_verify(file.io(), &trust, scratch_.get(), result_.get());
}

Result<void> check_output(const std::string& path, int fd, int mark_fd, const TrustRequest& trust) {
  Verification check;
  check.run(fd, mark_fd, trust);
  if (check.verdict() == PM_ACCEPTED) return {};
  return unknown(path,
                 fmt::format("the verifier refuses what was just signed (number {}: {})",
                             static_cast<unsigned>(check.verdict()), pm_verdict_text(check.verdict())),
                 "nothing was written; if the file did not change meanwhile, this is a defect of proofmark");
}

}  // namespace proofmark::sign
