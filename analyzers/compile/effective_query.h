// SPDX-License-Identifier: Apache-2.0
//
// The parsing half of effective.h: turns what GCC and Clang print into EffectiveFlags. Separate from running them, so
// that it is tested on recorded output.
#pragma once

#include <string_view>

#include "compile/effective.h"

namespace proofmark::analyze {

// `macros`: standard output of "-dM -E"; `log`: standard error of "-v" in the same run.
report::Result<EffectiveFlags> parse_driver_answer(std::string_view macros, std::string_view log);

// Files that a log of "-v" names: the compiler proper, spec and configuration files. Absolute, sorted.
Words files_named_in_log(std::string_view log, const std::filesystem::path& directory);

// The rest of the state, from Clang's "-cc1" line in the same log.
void read_clang_state(EffectiveFlags& flags, std::string_view log);

// ... and from GCC's "-Q --help=common --help=optimizers".
void read_gcc_state(EffectiveFlags& flags, std::string_view help);

}  // namespace proofmark::analyze
