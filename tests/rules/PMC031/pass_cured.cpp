// SPDX-License-Identifier: Apache-2.0
// driver: clang++-19
// flags: -std=c++20

#include <memory>

std::shared_ptr<int[]> samples();

std::shared_ptr<int[]> samples() {
  std::shared_ptr<int[]> made(new int[8]);
  return made;
}
