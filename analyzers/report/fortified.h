// SPDX-License-Identifier: Apache-2.0
//
// The functions of glibc that _FORTIFY_SOURCE replaces by a checked variant, and those that it replaces always: the
// others stay plain where the compiler does not know the size of the buffer, or proves that it suffices. One table for
// both ends: `check` counts the calls in the source, `audit` the calls in the machine code.
#pragma once

#include <string_view>

namespace proofmark::report {

bool is_checked_variant(std::string_view name);   // "__memcpy_chk"
bool is_fortifiable(std::string_view name);       // "memcpy"
bool is_always_fortified(std::string_view name);  // "printf"

}  // namespace proofmark::report
