// SPDX-License-Identifier: Apache-2.0
//
// clang-tidy's own checks as one more consumer of the shared parse. They see the declarations of the project only: what
// lies in system headers costs half of their time and none of it is ever reported.
#pragma once

#include <filesystem>
#include <memory>

#include "engine/clang_headers.h"
#include "engine/unit_result.h"

namespace proofmark::analyze {

// The checks that `policy` does not switch off; null when it switches off all of them. Findings and their fixes are
// appended to `result`. Both must outlive the consumer, which must exist before the main file is entered: checks listen to the
// preprocessor, too.
std::unique_ptr<clang::ASTConsumer> make_tidy_checks(clang::CompilerInstance& compiler, const report::Policy& policy,
                                                     const std::filesystem::path& directory, UnitResult& result);

}  // namespace proofmark::analyze
