// SPDX-License-Identifier: Apache-2.0
// driver: clang++-19
// flags: -std=c++20

#include <string>
#include <utility>

void store(std::string text);
std::size_t hand_over(std::string text);

std::size_t hand_over(std::string text) {
  const std::size_t length = text.size();
  store(std::move(text));
  return length;
}
