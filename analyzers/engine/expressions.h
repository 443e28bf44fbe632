// SPDX-License-Identifier: Apache-2.0
//
// Questions that source rules ask about expressions: which constants can it be, which text is it, is a result thrown away.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/code_facts.h"
#include "engine/source_context.h"

namespace proofmark::analyze {

// Every value the integer expression can have as far as this unit tells: constants, either arm of ?:, and variables whose
// every value is known. Empty: not known at compile time.
std::vector<uint64_t> possible_values(const clang::Expr* expr, const SourceContext& context, const CodeFacts& code);

// The value of a constant expression, variables not followed.
std::optional<uint64_t> constant_value(const clang::Expr* expr, const SourceContext& context);

// The text of a string literal, or of a constant or never written variable that is initialised with one.
std::optional<std::string> literal_text(const clang::Expr* expr);

// The name an expression is known by: variable, member, or called function; empty for others.
std::string_view expression_name(const clang::Expr* expr);

// A call of the C library's function of that name, not of a function that the project defines under it.
bool is_library_call(const clang::FunctionDecl& callee, const SourceContext& context);

// The argument, or null when the call has fewer.
const clang::Expr* argument(const clang::CallExpr& call, unsigned index);

// Calls whose result is thrown away by `stmt` itself: its direct children that are statements. With "(void)" too.
std::vector<const clang::CallExpr*> discarded_calls(const clang::Stmt& stmt);

// The callee's plain name, without "__builtin_"; empty when it is not known.
std::string_view callee_name(const clang::CallExpr& call);

// Whether one of the words is a word of the identifier: "user_password", "userPassword" and "USER_PASSWORD" hold "password".
bool contains_word(std::string_view identifier, std::initializer_list<std::string_view> words);

template <class Range>
bool is_one_of(std::string_view name, const Range& names) {
  for (std::string_view one : names)
    if (one == name) return true;
  return false;
}

}  // namespace proofmark::analyze
