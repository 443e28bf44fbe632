// SPDX-License-Identifier: Apache-2.0
//
// usage: flag_property code|warnings|link DRAWS [SEED]. The seed is printed: the same one draws the same flags.
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "properties.h"

int main(int argc, char** argv) {
  using namespace proofmark::test;
  if (argc < 3) return 2;
  const std::string property = argv[1];
  const size_t draws = std::strtoul(argv[2], nullptr, 10);
  const unsigned long seed = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 1;
  fmt::print("seed {}\n", seed);
  size_t wrong = 0;
  if (property == "link") {
    for (const char* linker : {"bfd", "lld"}) {
      Random random(seed);
      wrong += link_property(linker, draws, random);
    }
  } else {
    for (const Subject& subject : installed_subjects()) {
      Random random(seed);
      wrong += property == "code" ? code_property(subject, draws, random) : warning_property(subject, draws, random);
    }
  }
  return wrong == 0 ? 0 : 1;
}
