// SPDX-License-Identifier: Apache-2.0
//
// "#pragma GCC diagnostic" and "#pragma clang diagnostic": which of them count in a unit, and which errors they touch.
// Two readers have to be served: the compiler that builds the unit, and this check, whose parser is Clang's and obeys
// both spellings. GCC knows the option by its exact name only; in Clang a group stands for all its members.
#pragma once

#include <string>
#include <vector>

#include "engine/source_context.h"

namespace proofmark::analyze {

struct DiagnosticPragma {
  enum class Action { kPush, kPop, kIgnored, kWarning, kOther };
  const PragmaFact* fact = nullptr;
  Action action = Action::kOther;
  bool only_clang = false;  // "#pragma clang diagnostic": GCC ignores it
  std::string option;       // "format-security", without -W
};

std::vector<DiagnosticPragma> diagnostic_pragmas(const SourceFacts& facts);

struct TouchedErrors {
  std::vector<std::string> named;    // the pragma's own option, when it is an error
  std::vector<std::string> members;  // errors that it reaches as members of a group
};

// Warnings that the policy or the unit's own flags make errors, and that the pragma concerns.
TouchedErrors touched_errors(const DiagnosticPragma& pragma, const SourceContext& context);

// "-Wformat-security and -Wformat", the first few.
std::string list_options(const std::vector<std::string>& options);

}  // namespace proofmark::analyze
