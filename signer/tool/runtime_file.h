// SPDX-License-Identifier: Apache-2.0
//
// What a program is granted when it runs, as people write it: a JSON file for `sign --runtime`.
#pragma once

#include <filesystem>

#include "proofmark/sign/manifest.h"

namespace proofmark::sign::tool {

// Reads `path`; names of system calls become the numbers of `machine` (ELF e_machine). Refuses what it does not know: a name
// that is passed over would be a system call that the device refuses.
Result<Runtime> read_runtime(const std::filesystem::path& path, std::uint16_t machine);

}  // namespace proofmark::sign::tool
