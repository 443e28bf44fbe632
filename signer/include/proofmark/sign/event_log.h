// SPDX-License-Identifier: Apache-2.0
//
// Logs of what was measured into a TPM, in the TCG's crypto-agile format: as proofmark-init and firmware write them.
#pragma once

#include <string>
#include <vector>

#include "proofmark/sign/error.h"

namespace proofmark::sign {

inline constexpr std::size_t kMaxEventLogSize = 1u << 20;

// An event of a log in the TCG's crypto-agile format.
struct LoggedEvent {
  std::uint32_t pcr = 0;
  std::uint32_t type = 0;
  Digest digest{};   // SHA-256
  std::string text;  // as it stands there: anything
};

// The events of a log, without its header. The log may come from an attacker. Refuses one that is longer than kMaxEventLogSize, cut
// off, of another form, or without SHA-256.
Result<std::vector<LoggedEvent>> decode_event_log(ByteView log, const std::string& name);

}  // namespace proofmark::sign
