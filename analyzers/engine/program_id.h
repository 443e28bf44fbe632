// SPDX-License-Identifier: Apache-2.0
//
// What tells this program from any other build of it, its Clang included: results are only taken over from the same.
#pragma once

#include <string>

namespace proofmark::analyze {

// The linker's digest of the program (its build-id) where it has one, else a digest of the file; and Clang's full version.
const std::string& program_id();

}  // namespace proofmark::analyze
