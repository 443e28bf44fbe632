// SPDX-License-Identifier: Apache-2.0
// driver: clang++-19
// flags: -std=c++20

#include <string>
#include <string_view>

std::string name_of(int unit);
std::size_t length_of(int unit);

std::size_t length_of(int unit) {
  std::string_view name = name_of(unit);  // expect: PMC017
  return name.size();
}
