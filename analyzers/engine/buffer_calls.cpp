// SPDX-License-Identifier: Apache-2.0
//
// Library calls that write to a buffer; see buffer_calls.h.
#include "engine/buffer_calls.h"

#include "report/fortified.h"

namespace proofmark::analyze {

bool writes_buffer(std::string_view name) {
  if (!report::is_fortifiable(name) || name == "explicit_bzero") return false;
  const bool formats = name.ends_with("printf") || name.ends_with("syslog");
  return !formats || name == "sprintf" || name == "snprintf" || name == "vsprintf" || name == "vsnprintf" ||
         name == "swprintf" || name == "vswprintf";
}

std::string in_function(const SourceContext& context) {
  return context.function() == nullptr ? "" : " in '" + context.function()->getNameAsString() + "'";
}

}  // namespace proofmark::analyze
