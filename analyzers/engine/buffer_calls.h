// SPDX-License-Identifier: Apache-2.0
//
// Which library calls FORTIFY checks because they write to a buffer, and words for messages about them.
#pragma once

#include <string>
#include <string_view>

#include "engine/source_context.h"

namespace proofmark::analyze {

// "memcpy", "strcat", "snprintf": FORTIFY compares their size with that of the buffer. Not printf, of which it only
// checks the format.
bool writes_buffer(std::string_view name);

// " in 'receive'", or nothing at file scope.
std::string in_function(const SourceContext& context);

}  // namespace proofmark::analyze
