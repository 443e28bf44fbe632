// SPDX-License-Identifier: Apache-2.0
//
// The help text of a verb, taken apart. The programs print it from their own tables, so nothing said here can be older than
// the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace proofmark::command {

struct Option {
  std::vector<std::string> names;    // "-o", "--output"; of a positional argument its one name
  std::string value;                 // what follows, "FILE", "TEXT:{text,sarif}=text"; empty for a flag
  std::string text;                  // what it is for
  std::vector<std::string> choices;  // "text", "sarif"
};

struct Help {
  std::string summary, usage;
  std::vector<Option> positionals, options, subcommands;
};

Help parse_help(std::string_view text);

}  // namespace proofmark::command
