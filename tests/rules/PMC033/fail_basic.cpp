// SPDX-License-Identifier: Apache-2.0
// driver: clang++-19
// flags: -std=c++20

#include <string>

std::size_t length(const std::string& text);

std::size_t length(const std::string& text) {
  return sizeof(text);  // expect: PMC033
}
