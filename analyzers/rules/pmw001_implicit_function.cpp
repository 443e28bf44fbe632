// SPDX-License-Identifier: Apache-2.0
//
// PMW001: a function is called that no header declares. The compiler guesses its type; arguments and results then travel
// in the wrong registers, and FORTIFY_SOURCE cannot see the call.
#include "rules/warning_rule.h"

#include <fmt/format.h>

namespace proofmark::analyze {
namespace {

// Clang says "call to undeclared function 'f'; ISO C99 and later do not support ..."; C programmers know GCC's words.
std::string reword(std::string_view message) {
  const size_t open = message.find('\'');
  const size_t close = open == std::string_view::npos ? open : message.find('\'', open + 1);
  if (close == std::string_view::npos) return std::string(message);
  return fmt::format("implicit declaration of function {}", message.substr(open, close - open + 1));
}

}  // namespace

constinit const WarningRule kPmw001ImplicitFunction = {
    {"PMW001", "implicit-function-declaration", "No function is called without a declaration.", report::Level::kMust,
     628},
    "implicit-function-declaration",
    reword};

}  // namespace proofmark::analyze
