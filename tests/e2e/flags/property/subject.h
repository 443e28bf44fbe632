// SPDX-License-Identifier: Apache-2.0
//
// The compilers that the property test asks, and the flags it draws for them.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "compile/command_line.h"

namespace proofmark::test {

struct Subject {
  std::string name;    // "clang-19 aarch64"
  std::string driver;  // "clang-19"
  analyze::Words target;
  bool is_clang = false;
  bool is_arm64 = false;
  int major = 0;
};

// Those of the known subjects that are installed; what is missing is printed.
std::vector<Subject> installed_subjects();

using Random = std::mt19937_64;

// A list of flags in random order, with repetitions: about code, about warnings, about linking.
analyze::Words draw_code_flags(const Subject& subject, Random& random);
// Lists about code that once disagreed: compared in every run, whatever the seed.
std::vector<analyze::Words> code_flags_once_wrong();
analyze::Words draw_warning_flags(const Subject& subject, Random& random);
analyze::Words draw_link_flags(const std::string& linker, Random& random);

}  // namespace proofmark::test
