// SPDX-License-Identifier: Apache-2.0
//
// The functions of which glibc has a checked variant under _FORTIFY_SOURCE (the __*_chk symbols of glibc 2.41). One table
// for both ends: `check` counts the calls in the source, `audit` the calls in the machine code.
#pragma once

#include <string_view>

namespace proofmark::report {

// "memcpy" is, "puts" is not.
bool is_fortifiable(std::string_view function);

// "__memcpy_chk" gives "memcpy"; anything else an empty view.
std::string_view plain_name_of_checked(std::string_view symbol);

}  // namespace proofmark::report
