// SPDX-License-Identifier: Apache-2.0
//
// Which functions of a unit can run inside a signal handler: those given to signal() and sigaction(), and what they call.
#pragma once

#include <map>

#include "engine/code_facts.h"

namespace proofmark::analyze {

// Function, to the handler through which it is reached (itself for a handler); canonical declarations.
using HandlerReach = std::map<const clang::FunctionDecl*, const clang::FunctionDecl*>;

HandlerReach functions_in_handlers(const CodeFacts& code);

// Adds what the handlers in `reach` call, and what that calls.
void add_callees(const CodeFacts& code, HandlerReach& reach);

// The function that an expression names: f, &f; null for others. Canonical declaration.
const clang::FunctionDecl* named_function(const clang::Expr* expr);

}  // namespace proofmark::analyze
