// SPDX-License-Identifier: Apache-2.0
// driver: clang++-19
// flags: -std=c++20

#include <mutex>

extern std::mutex lock;
extern int shared;
void count();

void count() {
  std::scoped_lock<std::mutex>{lock};  // expect: PMC050
  shared++;
}
