// SPDX-License-Identifier: Apache-2.0
//
// Fuzz target for event logs, which a device hands out and anybody may have written. What comes out was in the log: texts
// and digests together are never longer than it.
#include <cstdlib>

#include "proofmark/sign/event_log.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const proofmark::sign::Bytes exact(data, data + size);  // its own allocation, so that overruns are seen
  const auto events = proofmark::sign::decode_event_log(exact, "log");
  if (!events) return 0;
  std::size_t used = 0;
  for (const auto& event : *events) used += event.text.size() + event.digest.size();
  if (used > size) std::abort();
  return 0;
}
