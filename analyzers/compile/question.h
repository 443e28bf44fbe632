// SPDX-License-Identifier: Apache-2.0
//
// One question to a compiler, reduced to what can change its answer. Equal questions have equal identities whatever unit
// asked them: that is what the cache, a recorded toolchain and the resolver's own memory are keyed by.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "compile/unit.h"

namespace proofmark::analyze {

struct Question {
  std::string topic;                // "flags", "warnings"
  std::string driver;               // as the command names it
  std::filesystem::path directory;  // where it is asked
  Language language = Language::kUnknown;
  Words flags;
  Words environment;  // as Launch::environment

  // The directory is part of it only where a relative path is.
  nlohmann::json identity() const;
};

// "c", "c++": the compilers' own words.
const char* language_name(Language language);

// True when `flags` may name a file relative to the current directory. Unknown options count as if they did.
bool has_relative_path(const Words& flags);

// Real path of the driver as execvp would find it, empty when it is nowhere.
std::string resolve_driver(const Question& question);

}  // namespace proofmark::analyze
