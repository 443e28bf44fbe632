// SPDX-License-Identifier: Apache-2.0
//
// C++ that promises not to throw keeps the BTI mark.
#include <vector>

int main(int argc, char**) {
  const std::vector<int> numbers(3, argc);
  return numbers[1] - argc;
}
