// SPDX-License-Identifier: Apache-2.0
//
// Which directory a project's sources have in common.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "compile/database.h"

namespace proofmark::analyze {

// The directory that holds all sources but those below `except` (generated ones in a build directory; empty: no such
// directory), real path. Sources in places that have only "/usr" or "/tmp" in common have none.
std::string common_directory(const std::vector<CompileCommand>& commands, const std::filesystem::path& except = {});

// The same of the sources as the build names them: a link to elsewhere counts where it lies, not where it leads.
std::string common_named_directory(const std::vector<CompileCommand>& commands,
                                   const std::filesystem::path& except = {});

// The directory that holds both, with the same limit; empty when there is none.
std::string shared_directory(const std::filesystem::path& one, const std::filesystem::path& other);

}  // namespace proofmark::analyze
