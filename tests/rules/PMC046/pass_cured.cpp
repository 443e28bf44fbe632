// SPDX-License-Identifier: Apache-2.0
// driver: clang++-19
// flags: -std=c++20

#include <stdexcept>

int checked(int value);

int checked(int value) {
  if (value < 0) throw std::runtime_error("negative");
  return value;
}
