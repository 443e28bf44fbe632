// SPDX-License-Identifier: Apache-2.0
// driver: clang++-19
// flags: -std=c++20

#include <string>

std::string line();

std::string line() {
  return std::string('-', 40);  // expect: PMC036
}
