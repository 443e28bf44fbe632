// SPDX-License-Identifier: Apache-2.0
//
// Clang's proposals ("fix-its") as edits of files.
#pragma once

#include <filesystem>

#include "engine/clang_headers.h"
#include "engine/fix.h"

namespace proofmark::analyze {

// The edits that a diagnostic proposes to cure the finding that was made of it. What lies in a macro has a refusal instead:
// the edit would change every use of it. `directory`: what relative file names are relative to.
Fix fix_of(const report::Finding& finding, const clang::Diagnostic& info, const clang::LangOptions& language,
           const std::filesystem::path& directory);

}  // namespace proofmark::analyze
