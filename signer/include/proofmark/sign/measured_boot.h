// SPDX-License-Identifier: Apache-2.0
//
// What proofmark-init extends into a TPM (docs/measured-boot.md), foretold from the files that a device is made of. Each event is one
// line of text; its digest is the SHA-256 of the text.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "proofmark/sign/trust_store.h"

namespace proofmark::sign {

// What proofmark_add_init() was told.
struct BootPolicyRequest {
  std::filesystem::path boards_dir;
  std::string board;                // name, or path of its file
  std::filesystem::path boot_file;  // "boot" section in the place of the board's own, or empty
  bool release = false;
  std::uint32_t threshold = 1;
  std::uint32_t minimum_security_version = 0;
};

struct BootPolicy {
  std::string board;
  std::string text;  // all of it in the one form that it has; its SHA-256 is what a device measures
  unsigned pcr = 0;
  bool allow_unproven = false;
};

// Refuses a board without a "boot" section, or without "tpm" in it.
Result<BootPolicy> load_boot_policy(const BootPolicyRequest& request);

std::string policy_event(const BootPolicy& policy);
std::string trust_event(const TrustStore& store);
// `place` as the device's console names it: "slot 0", "recovery".
std::string refusal_event(const std::string& place, std::uint32_t number);
struct MeasuredBundle {
  bool is_recovery = false;
  Digest content_digest{};
  std::uint32_t security_version = 0;
  bool is_proven = false;
};
std::string bundle_event(const MeasuredBundle& bundle);

// The PCR that held `value` after one more event.
Digest extend(const Digest& value, const Digest& event);
Digest digest_of_event(const std::string& text);

}  // namespace proofmark::sign
