// SPDX-License-Identifier: Apache-2.0
//
// One walk over the project's declarations for all source rules; see source_walk.h.
#include "engine/source_walk.h"

namespace proofmark::analyze {
namespace {

class Walk : public clang::RecursiveASTVisitor<Walk> {
 public:
  explicit Walk(SourceContext& context) : context_(context) {}

  bool shouldVisitImplicitCode() const { return false; }
  bool shouldVisitTemplateInstantiations() const { return false; }

  bool VisitDecl(clang::Decl* decl) {
    if (!context_.in_project(decl->getLocation())) return true;
    for (const SourceRule* rule : source_rules())
      if (rule->on_decl != nullptr) rule->on_decl(*decl, context_);
    return true;
  }

  bool VisitStmt(clang::Stmt* stmt) {
    for (const SourceRule* rule : source_rules())
      if (rule->on_stmt != nullptr) rule->on_stmt(*stmt, context_);
    if (const auto* call = llvm::dyn_cast<clang::CallExpr>(stmt)) visit_call(*call);
    return true;
  }

  bool TraverseFunctionDecl(clang::FunctionDecl* function) { return inside(function, &Base::TraverseFunctionDecl); }
  bool TraverseCXXMethodDecl(clang::CXXMethodDecl* function) { return inside(function, &Base::TraverseCXXMethodDecl); }
  bool TraverseCXXConstructorDecl(clang::CXXConstructorDecl* function) {
    return inside(function, &Base::TraverseCXXConstructorDecl);
  }
  bool TraverseCXXDestructorDecl(clang::CXXDestructorDecl* function) {
    return inside(function, &Base::TraverseCXXDestructorDecl);
  }

 private:
  using Base = clang::RecursiveASTVisitor<Walk>;

  template <class Function>
  bool inside(Function* function, bool (Base::*traverse)(Function*)) {
    const clang::FunctionDecl* outer = context_.function();
    context_.enter(function);
    const bool go_on = (this->*traverse)(function);
    context_.enter(outer);
    return go_on;
  }

  void visit_call(const clang::CallExpr& call) {
    const clang::FunctionDecl* callee = call.getDirectCallee();
    if (callee == nullptr || callee->getIdentifier() == nullptr) return;
    llvm::StringRef name = callee->getName();
    name.consume_front("__builtin_");
    for (const SourceRule* rule : source_rules())
      if (rule->on_call != nullptr) rule->on_call(call, *callee, {name.data(), name.size()}, context_);
  }

  SourceContext& context_;
};

std::string spelling(const std::vector<clang::Token>& tokens, const clang::Preprocessor& preprocessor) {
  std::string text;
  for (const clang::Token& token : tokens) {
    if (!text.empty()) text += ' ';
    text += preprocessor.getSpelling(token);
  }
  return text;
}

// The tokens from `where` to the end of the line, read from the file: pragma callbacks do not give them. A _Pragma's are
// in its scratch buffer, where they are one line too.
std::string rest_of_line(clang::SourceLocation where, const clang::Preprocessor& preprocessor) {
  const clang::SourceManager& sources = preprocessor.getSourceManager();
  const clang::SourceLocation spelled = sources.getSpellingLoc(where);
  bool invalid = false;
  const auto [file, offset] = sources.getDecomposedLoc(spelled);
  const llvm::StringRef buffer = sources.getBufferData(file, &invalid);
  if (invalid || offset >= buffer.size()) return "";
  clang::Lexer lexer(sources.getLocForStartOfFile(file), preprocessor.getLangOpts(), buffer.begin(),
                     buffer.begin() + offset, buffer.end());
  std::vector<clang::Token> tokens;
  clang::Token token;
  // Bounded: a raw lexer knows no end of directive, so a new line starts with the first token at the line's start.
  while (tokens.size() < 256) {
    lexer.LexFromRawLexer(token);
    if (token.is(clang::tok::eof) || (!tokens.empty() && token.isAtStartOfLine())) break;
    tokens.push_back(token);
  }
  return spelling(tokens, preprocessor);
}

class Recorder : public clang::PPCallbacks, public clang::CommentHandler {
 public:
  Recorder(clang::Preprocessor& preprocessor, const SourceContext& context, SourceFacts& facts)
      : preprocessor_(preprocessor), context_(context), facts_(facts) {}

  void FileChanged(clang::SourceLocation where, FileChangeReason reason, clang::SrcMgr::CharacteristicKind kind,
                   clang::FileID) override {
    const clang::SourceManager& sources = preprocessor_.getSourceManager();
    const clang::FileID file = sources.getFileID(where);
    if (reason == EnterFile) {
      if (context_.in_project(file)) {
        facts_.project_files.push_back(file);
      } else if (sources.getFileEntryForID(file) != nullptr) {
        ++headers_;
      }
    }
    // The location is that of the line after the marker.
    if (reason == RenameFile && context_.in_project(file))
      facts_.line_markers.push_back(
          {sources.getPresumedLoc(where).getFilename(), clang::SrcMgr::isSystem(kind), where});
  }

  void InclusionDirective(clang::SourceLocation where, const clang::Token&, llvm::StringRef, bool,
                          clang::CharSourceRange, clang::OptionalFileEntryRef file, llvm::StringRef, llvm::StringRef,
                          const clang::Module*, bool, clang::SrcMgr::CharacteristicKind kind) override {
    if (file && context_.in_project(where))
      facts_.includes.push_back(
          {file->getFileEntry().tryGetRealPathName().str(), clang::SrcMgr::isSystem(kind), where});
  }

  void MacroDefined(const clang::Token& name, const clang::MacroDirective* directive) override {
    const clang::MacroInfo* info = directive->getMacroInfo();
    if (info == nullptr || !context_.in_project(name.getLocation())) return;
    const std::vector<clang::Token> tokens(info->tokens_begin(), info->tokens_end());
    add_macro(MacroFact::Kind::kDefined, name, spelling(tokens, preprocessor_));
  }

  void MacroUndefined(const clang::Token& name, const clang::MacroDefinition&, const clang::MacroDirective*) override {
    if (context_.in_project(name.getLocation())) add_macro(MacroFact::Kind::kUndefined, name, "");
  }

  void PragmaDirective(clang::SourceLocation where, clang::PragmaIntroducerKind kind) override {
    if (!context_.in_project(where)) return;
    std::string text = rest_of_line(where, preprocessor_);
    if (kind == clang::PIK_HashPragma) text = llvm::StringRef(text).ltrim("# ").str();
    llvm::StringRef rest(text);
    rest.consume_front("pragma ");
    facts_.pragmas.push_back({rest.str(), where, headers_});
  }

  bool HandleComment(clang::Preprocessor& preprocessor, clang::SourceRange range) override {
    if (!context_.in_project(range.getBegin())) return false;
    const auto text = clang::Lexer::getSourceText(clang::CharSourceRange::getCharRange(range),
                                                  preprocessor.getSourceManager(), preprocessor.getLangOpts());
    facts_.comments.push_back({text.str(), range.getBegin()});
    return false;
  }

 private:
  void add_macro(MacroFact::Kind kind, const clang::Token& name, std::string body) {
    facts_.macros.push_back(
        {kind, name.getIdentifierInfo()->getName().str(), std::move(body), name.getLocation(), headers_});
  }

  clang::Preprocessor& preprocessor_;
  const SourceContext& context_;
  SourceFacts& facts_;
  unsigned headers_ = 0;
};

}  // namespace

void record_facts(clang::Preprocessor& preprocessor, const SourceContext& context, SourceFacts& facts) {
  auto recorder = std::make_unique<Recorder>(preprocessor, context, facts);
  preprocessor.addCommentHandler(recorder.get());
  preprocessor.addPPCallbacks(std::move(recorder));
}

void walk_tree(clang::ASTContext& tree, SourceContext& context) {
  Walk walk(context);
  for (clang::Decl* decl : tree.getTranslationUnitDecl()->decls())
    if (context.in_project(decl->getLocation())) walk.TraverseDecl(decl);
}

void judge_facts(const SourceFacts& facts, SourceContext& context) {
  for (const SourceRule* rule : source_rules())
    if (rule->on_facts != nullptr) rule->on_facts(facts, context);
}

}  // namespace proofmark::analyze
