// SPDX-License-Identifier: Apache-2.0
//
// The tokens of a file as they are written, for rules that must also judge what Clang does not parse: GNU constructs
// that it refuses, branches that are switched off.
#pragma once

#include <string_view>
#include <vector>

#include "engine/source_context.h"

namespace proofmark::analyze {

struct RawToken {
  std::string_view text;  // of the file's buffer, which lives as long as the parse
  clang::SourceLocation where;
  bool identifier = false;  // keywords too
  bool unknown = false;     // no token of the language
  bool starts_line = false;
};

// Comments are left out. A directive is its tokens, the first of them "#" at the start of a line.
std::vector<RawToken> raw_tokens(clang::FileID file, const SourceContext& context);

// The bytes of a file; empty when it cannot be read.
std::string_view file_text(clang::FileID file, const SourceContext& context);

}  // namespace proofmark::analyze
