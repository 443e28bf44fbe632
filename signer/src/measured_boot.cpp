// SPDX-License-Identifier: Apache-2.0
//
// See measured_boot.h.
#include "proofmark/sign/measured_boot.h"

#include <fmt/format.h>

#include "proofmark/sign/digest.h"

namespace proofmark::sign {
namespace {

ByteView bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

std::string trust_event(const TrustStore& store) {
  const TrustTables tables(store);
  Digest digest{};
  pm_trust_digest(&tables.set(), digest.data());
  return "trust sha256:" + to_hex(digest);
}

std::string refusal_event(const std::string& place, std::uint32_t number) {
  return fmt::format("refused {} PM-E{}", place, number);
}

std::string bundle_event(const MeasuredBundle& bundle) {
  return fmt::format("{} sha256:{} security-version {} {}", bundle.is_recovery ? "recovery" : "bundle",
                     to_hex(bundle.content_digest), bundle.security_version, bundle.is_proven ? "proven" : "unproven");
}

Digest digest_of_event(const std::string& text) {
  return sha256(bytes_of(text));
}

Digest extend(const Digest& value, const Digest& event) {
  Sha256 hash;
  hash.update(value);
  hash.update(event);
  return hash.finish();
}

}  // namespace proofmark::sign
