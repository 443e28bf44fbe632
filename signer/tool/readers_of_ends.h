// SPDX-License-Identifier: Apache-2.0
//
// Files whose own readers look at their end, where the mark would be.
#pragma once

#include <string>

#include "proofmark/sign/files.h"

namespace proofmark::sign::tool {

// Says on standard error when a mark at the end of this file is in somebody's way; `name` is what messages call it.
Result<void> warn_about_readers(const std::string& name, const InputFile& file);

}  // namespace proofmark::sign::tool
