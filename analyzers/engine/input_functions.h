// SPDX-License-Identifier: Apache-2.0
//
// The functions by which untrusted bytes come in, are turned into numbers, and are used as sizes. Names and argument
// numbers as the libraries' headers have them.
#pragma once

#include <cstdint>
#include <string_view>

namespace proofmark::analyze {

// A function that fills memory from outside.
struct InputFunction {
  std::string_view name;
  std::int8_t first;          // argument: pointer to what is filled
  std::int8_t second = -1;    // another one, or -1
  std::int8_t capacity = -1;  // how much fits; it returns how much of that came, as the sender chose. -1: it does not
};

// A function that is told how much memory it writes, reads or, when it does neither, allocates. Arguments; -1: there is
// no such one.
struct SizedFunction {
  std::string_view name;
  std::int8_t written, read, size;
  std::int8_t count = -1;  // times `size`
};

// Null when the name is not known.
const InputFunction* find_input_function(std::string_view name);
const SizedFunction* find_sized_function(std::string_view name);

// ntohl and its like, which put bytes from another machine into this one's order.
bool is_byte_decoder(std::string_view name);

// These and their inverses: what comes out is as trusted as what goes in.
bool is_byte_order_function(std::string_view name);

// Whether a parameter of that type ("mosquitto_message") points to a message from outside, and the member holds its
// bytes or their number.
bool is_message_type(std::string_view type);
bool is_message_member(std::string_view member);

}  // namespace proofmark::analyze
