// SPDX-License-Identifier: Apache-2.0
//
// What a dynamic program loads when it starts, found in the root file system of its device: the list that a mark carries and a
// launcher checks (docs/exec.md). The rule is ours and does not depend on the machine that signs: no cache, no environment,
// no search paths in the files, no directories for special processors.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "proofmark/sign/files.h"
#include "proofmark/sign/manifest.h"

namespace proofmark::sign {

struct LoadingRule {
  std::filesystem::path root;            // the device's root file system on this machine; links are followed inside it
  std::vector<std::string> directories;  // on the device, searched first, then the usual ones
  std::vector<std::string> also;         // names (DT_SONAME) of libraries that the program opens later
};

// The dynamic linker, then every library in the order of loading (breadth first), each by its path on the device with the
// fs-verity digest of the whole file. Refuses a program without dynamic linker, a library that is not found or goes by
// another name than it is asked for, and files that would have the dynamic linker look for others by itself: RPATH, RUNPATH,
// AUDIT, DEPAUDIT, FILTER, AUXILIARY.
Result<std::vector<Dependency>> find_dependencies(const InputFile& program, const LoadingRule& rule);

}  // namespace proofmark::sign
