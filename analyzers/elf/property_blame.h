// SPDX-License-Identifier: Apache-2.0
//
// Names the linker's inputs that lack a program property. The linker writes the property only if every input has it,
// and says nothing about the one that has not.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "elf/link_map.h"

namespace proofmark::elf {

// Files of the map in which the property `type` lacks one of `bits`: "crti.o", "libc.a (422 of 425 objects: abort.o,
// atexit.o, atoi.o and 419 more)". Paths are tried as they are and relative to `map_folder`; files that can't be read
// are left out, since this only helps a reader.
std::vector<std::string> inputs_without(const LinkMap& map, const std::filesystem::path& map_folder, std::uint32_t type,
                                        std::uint32_t bits);

}  // namespace proofmark::elf
