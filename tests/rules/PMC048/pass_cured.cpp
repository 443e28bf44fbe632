// SPDX-License-Identifier: Apache-2.0
// driver: clang++-19
// flags: -std=c++20 -Wno-nontrivial-memcall

#include <string>

struct Entry {
  std::string name;
};

void clear(Entry* entry);

void clear(Entry* entry) {
  *entry = Entry();
}
