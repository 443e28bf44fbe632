// SPDX-License-Identifier: Apache-2.0
//
// What the preprocessor saw in one unit, in the order in which it happened. Recorded once, read by every source rule; it
// is there even when the unit does not parse. Places are physical: neither #line nor line markers move them.
#pragma once

#include <string>
#include <vector>

#include "engine/clang_headers.h"

namespace proofmark::analyze {

struct MacroFact {
  enum class Kind { kDefined, kUndefined };
  Kind kind = Kind::kDefined;
  std::string name, body;  // body: the replacement's spelling, one blank between tokens
  clang::SourceLocation where;
  bool after_libc = false;  // the C library had already read _FORTIFY_SOURCE; what comes later does not change it
};

struct PragmaFact {
  std::string text;             // the tokens after "pragma", one blank between: "GCC optimize ( \"O0\" )"
  clang::SourceLocation where;  // where it is written; for _Pragma in a macro, where the macro is used
  bool after_libc = false;
};

// "# 5 \"gen.c\" 3" and "#line 5 \"gen.c\"", with whatever flags.
struct LineMarkerFact {
  std::string file;            // the name it claims
  bool system_header = false;  // flag 3: the compiler shows no warnings from here on
  clang::SourceLocation where;
};

struct IncludeFact {
  std::string file;     // real path of the file included
  bool system = false;  // found in a -isystem or the compiler's own directory
  clang::SourceLocation where;
  const clang::FileEntry* entry = nullptr;
};

struct CommentFact {
  std::string text;  // with its slashes and stars
  clang::SourceLocation where;
};

// A use of assert: the argument as it is written, since NDEBUG leaves nothing of it in the tree.
struct AssertFact {
  std::vector<std::string> tokens;
  clang::SourceLocation where;
};

struct SourceFacts {
  std::vector<MacroFact> macros;    // of project code, the command line's excluded
  std::vector<PragmaFact> pragmas;  // of project code
  std::vector<LineMarkerFact> line_markers;
  std::vector<IncludeFact> includes;         // written in project code
  std::vector<CommentFact> comments;         // of project code
  std::vector<AssertFact> asserts;           // of project code
  std::vector<clang::FileID> project_files;  // the source and the project's headers, in the order of their inclusion
};

}  // namespace proofmark::analyze
