// SPDX-License-Identifier: Apache-2.0
//
// Any comment: either it is no waiver, or what is read of it has rules that exist, an owner and a reason.
#include <cstdint>
#include <cstdlib>

#include "report/rule_catalogue.h"
#include "report/waiver_comment.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace report = proofmark::report;
  const std::string_view comment(reinterpret_cast<const char*>(data), size);
  const bool means_to_be_one = report::is_waiver_comment(comment);
  const auto waivers = report::parse_waiver_comment(comment);
  if (!means_to_be_one || !waivers) return 0;
  if (waivers->empty()) std::abort();
  for (const report::Waiver& waiver : *waivers) {
    const bool whole = report::find_known_rule(waiver.rule) != nullptr && waiver.expires.ok() &&
                       report::waiver_text_fault(waiver.owner).empty() &&
                       report::waiver_text_fault(waiver.reason).empty();
    if (!whole) std::abort();
  }
  return 0;
}
