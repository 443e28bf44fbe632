// SPDX-License-Identifier: Apache-2.0
// driver: clang++-19
// flags: -std=c++20

#include <algorithm>
#include <vector>

void forget(std::vector<int>& peers, int peer);

void forget(std::vector<int>& peers, int peer) {
  peers.erase(std::remove(peers.begin(), peers.end(), peer));  // expect: PMC019
}
