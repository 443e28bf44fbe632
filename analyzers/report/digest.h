// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 for policies, sources, commands and ELF files, always as 64 lower-case hexadecimal digits.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "report/finding.h"

namespace proofmark::report {

std::string sha256_hex(std::string_view bytes);
Result<std::string> sha256_file(const std::filesystem::path& file);

}  // namespace proofmark::report
