// SPDX-License-Identifier: Apache-2.0
//
// Raw tokens; see raw_tokens.h.
#include "engine/raw_tokens.h"

namespace proofmark::analyze {

std::string_view file_text(clang::FileID file, const SourceContext& context) {
  const llvm::StringRef text = context.sources().getBufferData(file);
  return {text.data(), text.size()};
}

std::vector<RawToken> raw_tokens(clang::FileID file, const SourceContext& context) {
  const std::string_view text = file_text(file, context);
  std::vector<RawToken> tokens;
  clang::Lexer lexer(context.sources().getLocForStartOfFile(file), context.language(), text.data(), text.data(),
                     text.data() + text.size());
  clang::Token token;
  for (lexer.LexFromRawLexer(token); token.isNot(clang::tok::eof); lexer.LexFromRawLexer(token)) {
    const unsigned offset = context.sources().getFileOffset(token.getLocation());
    tokens.push_back({text.substr(offset, token.getLength()), token.getLocation(), token.is(clang::tok::raw_identifier),
                      token.is(clang::tok::unknown), token.isAtStartOfLine()});
  }
  return tokens;
}

}  // namespace proofmark::analyze
