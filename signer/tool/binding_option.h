// SPDX-License-Identifier: Apache-2.0
//
// --configuration of `sign`: what is bound is what the program itself holds, and it must be what the caller expects.
#pragma once

#include <string>

#include "proofmark/sign/files.h"
#include "proofmark/sign/manifest.h"

namespace proofmark::sign::tool {

// The configuration and certificate in the note of `file`, which are bound whenever there is one. With `expected`, a file that
// `proofmark configure` wrote beside its source, the note must be there and say the same.
Result<Bindings> find_configuration(const InputFile& file, const std::string& expected);

}  // namespace proofmark::sign::tool
