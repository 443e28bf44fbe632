// SPDX-License-Identifier: Apache-2.0
//
// The tokens that the parser saw, in order, with the means to say "the same code" across edits: a digest of any run of
// tokens, and places named by token number instead of line and column.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/clang_headers.h"

namespace proofmark::analyze {

class TokenStream {
 public:
  // From here on everything that the preprocessor hands to the parser is recorded. Call it once, before the parse;
  // this must live as long as the preprocessor.
  void record(clang::Preprocessor& preprocessor);

  // To be called when the parse is over, before any look-up.
  void index(const clang::SourceManager& sources);

  size_t size() const { return tokens_.size(); }
  // Kind and spelling of the tokens [begin, end), each with its length, so that no two runs read alike.
  std::string_view text(size_t begin, size_t end) const;
  // What the meaning of the tokens depends on besides them: macros (checkers look some up by name), pragmas, and which
  // files count as system headers.
  std::string_view surroundings() const { return surroundings_; }

  // The token that was lexed at exactly this place, which may be inside a macro.
  std::optional<size_t> token_at(clang::SourceLocation place) const;
  // The first of the tokens that a reader sees at this place: those of a macro are where it is used, its arguments where
  // they are written.
  std::optional<size_t> token_seen_at(clang::SourceLocation place, const clang::SourceManager& sources) const;
  clang::SourceLocation place(size_t token) const { return tokens_[token].place; }

 private:
  class Surroundings;

  struct Entry {
    clang::SourceLocation place;
    std::uint32_t text_end;
  };

  void add(const clang::Token& token, const clang::Preprocessor& preprocessor);
  std::uint32_t text_begin(size_t token) const { return token == 0 ? 0 : tokens_[token - 1].text_end; }

  std::vector<Entry> tokens_;
  std::string text_;
  std::string surroundings_;
  llvm::DenseMap<clang::SourceLocation, std::uint32_t> by_place_, by_view_;
};

}  // namespace proofmark::analyze
