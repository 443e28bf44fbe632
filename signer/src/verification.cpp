// SPDX-License-Identifier: Apache-2.0
//
// The way to the verifier, which lives in a library of its own and decides alone.
#include <fmt/format.h>

#include "intact.h"
#include "proofmark/sign/signing.h"

namespace proofmark::sign {

Verification::Verification() : scratch_(std::make_unique<pm_scratch>()), result_(std::make_unique<pm_result>()) {}

void Verification::run(int fd, int mark_fd, const TrustRequest& request) {
  std::vector<pm_trust_key> keys;
  for (const auto& key : request.keys) keys.push_back(key.to_trust());
  pm_trust trust{};
  trust.version = PM_TRUST_VERSION;
  // A host tool looks at files for any machine, and at test keys: whoever names a key here knows which one it is.
  trust.flags = PM_TRUST_ALLOW_TEST_KEYS | PM_TRUST_ANY_MACHINE;
  if (request.allow_unproven) trust.flags |= PM_TRUST_ALLOW_UNPROVEN;
  if (request.board.empty()) trust.flags |= PM_TRUST_ANY_BOARD;
  trust.keys = keys.data();
  trust.key_count = static_cast<std::uint32_t>(keys.size());
  trust.threshold = request.threshold;
  trust.role = PM_ROLE_PROGRAM;
  trust.board = request.board.c_str();
  trust.kinds = PM_KINDS_ALL;
  trust.minimum_security_version = request.minimum_security_version;

  const VerifierInput file(fd), mark(mark_fd);
  result_->verdict = mark_fd >= 0 ? pm_verify_detached(file.io(), mark.io(), &trust, scratch_.get(), result_.get())
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
