// SPDX-License-Identifier: Apache-2.0
//
// Text that others wrote, character by character: what is no UTF-8, and what a reader would not see as it is.
#pragma once

#include <cstddef>
#include <string_view>

namespace proofmark::report {

// Length of the well-formed UTF-8 sequence at the front (Unicode 15, table 3-7), 0 when there is none. `text` is not empty.
std::size_t utf8_length(std::string_view text);

// The character of one well-formed sequence.
char32_t utf8_decode(std::string_view sequence);

// Characters with which a text can look like another (Unicode 15, chapter 23.2 and annex 9).
bool reorders_text(char32_t c);

// Tab and new line are none.
bool is_control(char32_t c);

}  // namespace proofmark::report
