// SPDX-License-Identifier: Apache-2.0
//
// CMocka leaves a failing test by longjmp, which skips destructors. So a test here is a function that returns what is
// wrong (empty when nothing is), and only a fixed buffer is alive when CMocka is told.
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <algorithm>
#include <string>
#include <string_view>

extern "C" {  // CMocka 1.1.5 does not say so itself
#include <cmocka.h>
}
#undef fail  // a macro with a name that programs use, too

namespace proofmark::test {

using Test = std::string (*)();

template <Test test>
void run(void**) {
  static char problem[8192];
  {
    const std::string text = test();
    problem[text.copy(problem, sizeof problem - 1)] = '\0';
  }
  if (problem[0] == '\0') return;
  print_error("%s\n", problem);
  _fail(__FILE__, __LINE__);
}

template <Test test>
CMUnitTest named(const char* name) {
  return {name, run<test>, nullptr, nullptr, nullptr};
}

inline std::string same(std::string_view found, std::string_view expected) {
  if (found == expected) return {};
  const auto [at, ignored] = std::ranges::mismatch(found, expected);
  return "\nexpected:\n" + std::string(expected) + "\nfound:\n" + std::string(found) + "\ndiffers at byte " +
         std::to_string(at - found.begin()) + "\n";
}

inline std::string holds(bool condition, std::string_view what) {
  return condition ? std::string() : "\nnot so: " + std::string(what) + "\n";
}

// The error's message, or a sign that there was none.
template <class Result>
std::string error_of(const Result& result) {
  return result ? "(no error)" : result.error().message;
}

}  // namespace proofmark::test
