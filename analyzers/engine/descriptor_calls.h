// SPDX-License-Identifier: Apache-2.0
//
// What the functions of the C library do with descriptors and streams.
#pragma once

#include <span>
#include <string_view>

namespace proofmark::analyze {

// Its result is a new descriptor.
bool opens_descriptor(std::string_view function);

// Of "pipe" and its like, the argument that points to two new descriptors; -1 of others.
int opens_pair(std::string_view function);

// Arguments that are used and stay the caller's: read(descriptor, ...), fputs(text, stream). Empty of functions that may keep
// what they get, and of all that are not known.
std::span<const signed char> borrowed_arguments(std::string_view function);

bool closes_descriptor(std::string_view function);
bool closes_stream(std::string_view function);
bool opens_stream(std::string_view function);

}  // namespace proofmark::analyze
