// SPDX-License-Identifier: Apache-2.0
//
// What the analyzers must know about compiler options in general: which take the next word as their value, which only
// concern outputs, and which one wins when several of a family are given.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "compile/command_line.h"

namespace proofmark::analyze {

// "-o", "-I", "-include", ...: the value is the following word. "-DX" and "-Idir" are single words.
bool takes_next_word(std::string_view option);

// Options that neither change what the compiler thinks of the code nor may be repeated in a query: outputs,
// dependency files, plugins and wrappers (which would run other programs).
bool is_output_or_plugin(std::string_view option);

// The values given to the options, joined ("-Idir") or as the next word, in their order; empty ones are left out.
Words option_values(const Words& flags, std::initializer_list<std::string_view> options);

// What a command line asks for in one family of options, "-fstack-protector-strong" and its rivals.
struct Request {
  std::string wanted;      // the last word that asks for the protection, empty = none does
  std::string overridden;  // a rival that comes later, empty = none does
  std::string rival;       // the last rival wherever it is
  std::string words;       // every word of the family, in order

  void add(const std::string& word, bool wants);
  // "requested -fstack-protector-strong, effective none: later -fno-stack-protector wins"
  std::string explain(std::string_view effective) const;
};

// An entry that ends in '*' matches every word it is a prefix of.
using Patterns = std::initializer_list<std::string_view>;
Request find_request(const Words& flags, Patterns wanted, Patterns rivals);

bool matches_any(std::string_view word, Patterns patterns);

// The same for definitions: "-DNAME=value" (joined or separate) is wanted, "-UNAME" its rival.
Request find_macro_request(const Words& flags, std::string_view name);

// The value of the last definition, with "-UNAME" cancelling it; "1" for plain "-DNAME".
std::string requested_macro(const Words& flags, std::string_view name);

}  // namespace proofmark::analyze
