// SPDX-License-Identifier: Apache-2.0
//
// One walk over the project's declarations for all source rules; see source_walk.h.
#include "engine/source_walk.h"

#include "engine/code_facts.h"

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
    if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(stmt)) record_assignment(*binary);
    if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(stmt)) record_unary(*unary);
    if (const auto* one = llvm::dyn_cast<clang::DesignatedInitExpr>(stmt)) record_designated(*one);
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

  // What the walk collected, to the rules that judge the unit as a whole.
  void judge_code() {
    for (const SourceRule* rule : source_rules())
      if (rule->on_code != nullptr) rule->on_code(code_, context_);
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
    code_.calls.push_back({&call, callee, context_.function(), {name.data(), name.size()}});
    for (const SourceRule* rule : source_rules())
      if (rule->on_call != nullptr) rule->on_call(call, *callee, {name.data(), name.size()}, context_);
  }

  void record_write(const clang::Expr* target, const clang::Expr* value, clang::SourceLocation where,
                    bool address = false) {
    target = target->IgnoreParenCasts();
    const WriteFact fact{value, context_.function(), where, address};
    if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(target)) {
      if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl()))
        code_.writes[variable->getCanonicalDecl()].push_back(fact);
    } else if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(target)) {
      const auto* field = llvm::dyn_cast<clang::FieldDecl>(member->getMemberDecl());
      if (field != nullptr && value != nullptr) code_.field_writes[field->getCanonicalDecl()].push_back(fact);
    }
  }

  void record_assignment(const clang::BinaryOperator& binary) {
    if (!binary.isAssignmentOp()) return;
    const bool plain = binary.getOpcode() == clang::BO_Assign;
    record_write(binary.getLHS(), plain ? binary.getRHS() : nullptr, binary.getOperatorLoc());
  }

  void record_unary(const clang::UnaryOperator& unary) {
    const bool address = unary.getOpcode() == clang::UO_AddrOf;
    if (unary.isIncrementDecrementOp() || address)
      record_write(unary.getSubExpr(), nullptr, unary.getOperatorLoc(), address);
  }

  // { .sa_handler = stop }
  void record_designated(const clang::DesignatedInitExpr& initializer) {
    if (initializer.size() == 0 || !initializer.getDesignator(initializer.size() - 1)->isFieldDesignator()) return;
    const clang::FieldDecl* field = initializer.getDesignator(initializer.size() - 1)->getFieldDecl();
    if (field != nullptr)
      code_.field_writes[field->getCanonicalDecl()].push_back(
          {initializer.getInit(), context_.function(), initializer.getBeginLoc(), false});
  }

  SourceContext& context_;
  CodeFacts code_;
};

std::string spelling(const std::vector<clang::Token>& tokens, const clang::Preprocessor& preprocessor) {
  std::string text;
  for (const clang::Token& token : tokens) {
    if (!text.empty()) text += ' ';
    text += preprocessor.getSpelling(token);
  }
  return text;
}

// The tokens of one line from `begin` on, one blank between: pragma callbacks do not give them. `buffer` ends with a zero.
std::string line_tokens(llvm::StringRef buffer, size_t begin, const clang::LangOptions& language) {
  clang::Lexer lexer({}, language, buffer.begin(), buffer.begin() + begin, buffer.end());
  std::string text;
  clang::Token token;
  // A raw lexer knows no end of directive, so a new line starts with the first token at the line's start.
  for (;;) {
    lexer.LexFromRawLexer(token);
    if (token.is(clang::tok::eof) || (!text.empty() && token.isAtStartOfLine())) return text;
    if (!text.empty()) text += ' ';
    text.append(lexer.getBufferLocation() - token.getLength(), token.getLength());
  }
}

// A #pragma, read from its file, without "# pragma".
std::string pragma_line(clang::SourceLocation where, const clang::Preprocessor& preprocessor) {
  const clang::SourceManager& sources = preprocessor.getSourceManager();
  bool invalid = false;
  const auto [file, offset] = sources.getDecomposedLoc(sources.getSpellingLoc(where));
  const llvm::StringRef buffer = sources.getBufferData(file, &invalid);
  if (invalid || offset >= buffer.size()) return "";
  const std::string text = line_tokens(buffer, offset, preprocessor.getLangOpts());
  llvm::StringRef rest = llvm::StringRef(text).ltrim("#% :");
  rest.consume_front("pragma ");
  return rest.str();
}

// A _Pragma's text may have been put together by a macro: it exists only in the lexer that has just been entered for it.
std::string pragma_operator(const clang::Preprocessor& preprocessor) {
  const auto* lexer = static_cast<const clang::Lexer*>(preprocessor.getCurrentLexer());
  if (lexer == nullptr) return "";
  const llvm::StringRef buffer = lexer->getBuffer();
  const auto offset = static_cast<size_t>(lexer->getBufferLocation() - buffer.begin());
  // A copy, because this buffer does not end with a zero.
  const std::string line = buffer.substr(offset).split('\n').first.str();
  return line_tokens(line, 0, preprocessor.getLangOpts());
}

class Recorder : public clang::PPCallbacks, public clang::CommentHandler {
 public:
  Recorder(clang::Preprocessor& preprocessor, const SourceContext& context, SourceFacts& facts)
      : preprocessor_(preprocessor), context_(context), facts_(facts) {}

  void FileChanged(clang::SourceLocation where, FileChangeReason reason, clang::SrcMgr::CharacteristicKind kind,
                   clang::FileID left) override {
    const clang::SourceManager& sources = preprocessor_.getSourceManager();
    const auto [file, offset] = sources.getDecomposedLoc(where);
    if (!context_.in_project(file)) return;
    // A marker with the flag 1 or 2 claims that a file begins or ends.
    const bool is_marker =
        reason == RenameFile || (reason == EnterFile && offset != 0) || (reason == ExitFile && left.isInvalid());
    if (reason == EnterFile && !is_marker) facts_.project_files.push_back(file);
    // The location is that of the line after the marker.
    if (is_marker)
      facts_.line_markers.push_back({sources.getPresumedLoc(where).getFilename(), clang::SrcMgr::isSystem(kind),
                                     where.getLocWithOffset(offset == 0 ? 0 : -1)});
  }

  void InclusionDirective(clang::SourceLocation where, const clang::Token&, llvm::StringRef, bool,
                          clang::CharSourceRange, clang::OptionalFileEntryRef file, llvm::StringRef, llvm::StringRef,
                          const clang::Module*, bool, clang::SrcMgr::CharacteristicKind kind) override {
    if (file && context_.in_project(where))
      facts_.includes.push_back({file->getFileEntry().tryGetRealPathName().str(), clang::SrcMgr::isSystem(kind), where,
                                 &file->getFileEntry()});
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

  void MacroExpands(const clang::Token& name, const clang::MacroDefinition&, clang::SourceRange range,
                    const clang::MacroArgs* arguments) override {
    if (arguments == nullptr || arguments->getNumMacroArguments() == 0) return;
    if (name.getIdentifierInfo()->getName() != "assert" || !context_.in_project(range.getBegin())) return;
    AssertFact fact{{}, range.getBegin()};
    for (const clang::Token* token = arguments->getUnexpArgument(0); token->isNot(clang::tok::eof); ++token)
      fact.tokens.push_back(preprocessor_.getSpelling(*token));
    facts_.asserts.push_back(std::move(fact));
  }

  void PragmaDirective(clang::SourceLocation where, clang::PragmaIntroducerKind kind) override {
    if (!context_.in_project(where)) return;
    std::string text = kind == clang::PIK__Pragma ? pragma_operator(preprocessor_) : pragma_line(where, preprocessor_);
    facts_.pragmas.push_back({std::move(text), where, after_libc()});
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
        {kind, name.getIdentifierInfo()->getName().str(), std::move(body), name.getLocation(), after_libc()});
  }

  // glibc, musl and newlib settle the level in <features.h>, which their headers include first.
  bool after_libc() const {
    return preprocessor_.isMacroDefined("_FEATURES_H") || preprocessor_.isMacroDefined("_SYS_FEATURES_H");
  }

  clang::Preprocessor& preprocessor_;
  const SourceContext& context_;
  SourceFacts& facts_;
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
  walk.judge_code();
}

void judge_facts(const SourceFacts& facts, SourceContext& context) {
  for (const SourceRule* rule : source_rules())
    if (rule->on_facts != nullptr) rule->on_facts(facts, context);
}

}  // namespace proofmark::analyze
