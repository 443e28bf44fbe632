// SPDX-License-Identifier: Apache-2.0
//
// Recording of tokens; see token_stream.h.
#include "engine/token_stream.h"

namespace proofmark::analyze {
namespace {

void append(std::string& text, unsigned kind, llvm::StringRef spelling) {
  const auto length = static_cast<std::uint32_t>(spelling.size());
  text.push_back(static_cast<char>(kind & 0xff));
  text.push_back(static_cast<char>(kind >> 8));
  text.append(reinterpret_cast<const char*>(&length), sizeof(length));
  text.append(spelling.data(), spelling.size());
}

// The line from this place on, as it is written.
llvm::StringRef rest_of_line(clang::SourceLocation place, const clang::SourceManager& sources) {
  bool invalid = false;
  const char* text = sources.getCharacterData(sources.getSpellingLoc(place), &invalid);
  if (invalid) return "";
  const char* end = text;
  while (*end != '\0' && (*end != '\n' || end[-1] == '\\')) ++end;
  return {text, static_cast<size_t>(end - text)};
}

// assert() passes its line on, which changes with every line above it and means nothing to an analysis.
bool is_line_of_assert(const clang::Token& token, const clang::Preprocessor& preprocessor) {
  clang::SourceLocation place = token.getLocation();
  if (!token.is(clang::tok::numeric_constant) || !place.isMacroID()) return false;
  const clang::SourceManager& sources = preprocessor.getSourceManager();
  if (!sources.isWrittenInScratchSpace(sources.getSpellingLoc(place))) return false;
  llvm::StringRef outermost;
  for (; place.isMacroID(); place = sources.getImmediateExpansionRange(place).getBegin())
    outermost = clang::Lexer::getImmediateMacroName(place, sources, preprocessor.getLangOpts());
  return outermost == "assert";
}

}  // namespace

class TokenStream::Surroundings : public clang::PPCallbacks {
 public:
  Surroundings(TokenStream& stream, const clang::Preprocessor& preprocessor)
      : stream_(stream), preprocessor_(preprocessor) {}

  // What the compiler and its flags define under reserved names is used, and then seen in the tokens, or nobody's business.
  void MacroDefined(const clang::Token& name, const clang::MacroDirective* macro) override {
    const bool predefined = preprocessor_.getSourceManager().isWrittenInBuiltinFile(name.getLocation()) ||
                            preprocessor_.getSourceManager().isWrittenInCommandLineFile(name.getLocation());
    if (predefined && name.getIdentifierInfo()->getName().starts_with("_")) return;
    append(clang::tok::raw_identifier, preprocessor_.getSpelling(name));
    const clang::MacroInfo* info = macro->getMacroInfo();
    append(info->isFunctionLike() ? info->getNumParams() + 1 : 0, info->isVariadic() ? "..." : "");
    for (const clang::Token& token : info->tokens()) append(token.getKind(), preprocessor_.getSpelling(token));
  }
  void MacroUndefined(const clang::Token& name, const clang::MacroDefinition&, const clang::MacroDirective*) override {
    append(clang::tok::hash, preprocessor_.getSpelling(name));
  }
  void PragmaDirective(clang::SourceLocation place, clang::PragmaIntroducerKind) override {
    append(clang::tok::hashhash, rest_of_line(place, preprocessor_.getSourceManager()));
  }
  void FileChanged(clang::SourceLocation, FileChangeReason, clang::SrcMgr::CharacteristicKind kind,
                   clang::FileID) override {
    append(kind, "");
  }

 private:
  void append(unsigned kind, llvm::StringRef spelling) { analyze::append(stream_.surroundings_, kind, spelling); }

  TokenStream& stream_;
  const clang::Preprocessor& preprocessor_;
};

void TokenStream::record(clang::Preprocessor& preprocessor) {
  preprocessor.addPPCallbacks(std::make_unique<Surroundings>(*this, preprocessor));
  preprocessor.setTokenWatcher([this, &preprocessor](const clang::Token& token) { add(token, preprocessor); });
}

void TokenStream::add(const clang::Token& token, const clang::Preprocessor& preprocessor) {
  // What an annotation stands for came before it as a pragma.
  if (token.isAnnotation())
    append(text_, token.getKind(), "");
  else if (is_line_of_assert(token, preprocessor))
    append(text_, token.getKind(), "__LINE__");
  else if (const clang::IdentifierInfo* name = token.getIdentifierInfo())
    append(text_, token.getKind(), name->getName());
  else
    append(text_, token.getKind(), preprocessor.getSpelling(token));
  tokens_.push_back({token.getLocation(), static_cast<std::uint32_t>(text_.size())});
}

void TokenStream::index(const clang::SourceManager& sources) {
  by_place_.reserve(static_cast<unsigned>(tokens_.size()));
  by_view_.reserve(static_cast<unsigned>(tokens_.size()));
  for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
    by_place_.try_emplace(tokens_[i].place, i);
    by_view_.try_emplace(sources.getFileLoc(tokens_[i].place), i);
  }
}

std::string_view TokenStream::text(size_t begin, size_t end) const {
  if (begin >= end) return {};
  return std::string_view(text_).substr(text_begin(begin), tokens_[end - 1].text_end - text_begin(begin));
}

std::optional<size_t> TokenStream::token_at(clang::SourceLocation place) const {
  const auto found = by_place_.find(place);
  return found == by_place_.end() ? std::nullopt : std::optional<size_t>(found->second);
}

std::optional<size_t> TokenStream::token_seen_at(clang::SourceLocation place,
                                                 const clang::SourceManager& sources) const {
  const auto found = by_view_.find(sources.getFileLoc(place));
  return found == by_view_.end() ? std::nullopt : std::optional<size_t>(found->second);
}

}  // namespace proofmark::analyze
