// SPDX-License-Identifier: Apache-2.0
//
// Since which version a compiler has the flags that rules advise: the only place that knows. Advice that the compiler
// refuses, or silently ignores, cures nothing, so a rule asks here before it gives any.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "compile/effective.h"

namespace proofmark::analyze {

struct Since {
  int major, minor = 0;

  std::string text() const;  // "13", "4.9"
};

struct FlagSupport {
  std::string_view flag;
  std::string_view machine;  // how targets begin, empty = any
  Since gcc, clang;          // the first version that accepts the flag by itself and does what it says
};

// Not in it: what both have had since before any version that builds today's C libraries (-O2, -fPIE, -fno-strict-aliasing).
std::span<const FlagSupport> flag_support();

// "since GCC 13 / Clang 16" when this compiler is older; nothing when it has the flag, and for flags not in the table. A
// flag that is listed for other machines only is lacking: "not for riscv64-linux-gnu".
std::optional<std::string> lacks_flag(const Compiler& compiler, std::string_view flag);

}  // namespace proofmark::analyze
