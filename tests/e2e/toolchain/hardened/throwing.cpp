// SPDX-License-Identifier: Apache-2.0
//
// Throws and catches: must survive on a CPU that enforces branch targets.
#include <iostream>
#include <stdexcept>
#include <vector>

int main() {
  const std::vector<int> empty;
  try {
    return empty.at(1);
  } catch (const std::out_of_range&) {
    std::cout << "caught\n";
    return 0;
  }
}
