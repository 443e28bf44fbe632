// SPDX-License-Identifier: Apache-2.0
// driver: clang++-19
// flags: -std=c++20

#include <string>

std::string name_of(int unit);
std::size_t length_of(int unit);

std::size_t length_of(int unit) {
  const std::string name = name_of(unit);
  return name.size();
}
