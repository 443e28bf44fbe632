// SPDX-License-Identifier: Apache-2.0
//
// The shape of a source rule (PMS2## to PMS4##): it looks at what the source itself does to the protections that the
// command line asked for, or at calls that no flag can make safe. A rule has no state: the engine walks the tree once and
// hands every node to every rule, and at the end of the unit what the preprocessor saw. Built by engine/, since these
// rules need Clang's headers; the seam itself does not.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "report/finding.h"

namespace clang {
class CallExpr;
class Decl;
class FunctionDecl;
class Stmt;
}  // namespace clang

namespace proofmark::analyze {

class SourceContext;  // engine/source_context.h: the unit, its flags, and where findings go
struct CodeFacts;     // engine/code_facts.h: calls and writes
struct SourceFacts;   // engine/source_facts.h: macros, pragmas, line markers, includes, in their order

struct SourceRule {
  report::RuleInfo info;
  // Each is called for project code only, and may be null.
  void (*on_decl)(const clang::Decl&, SourceContext&) = nullptr;
  void (*on_stmt)(const clang::Stmt&, SourceContext&) = nullptr;
  // A call whose callee is known by name; `name` is the plain name, without "__builtin_".
  void (*on_call)(const clang::CallExpr&, const clang::FunctionDecl& callee, std::string_view name,
                  SourceContext&) = nullptr;
  // Once, after the walk, with what it collected: calls and writes of the whole unit.
  void (*on_code)(const CodeFacts&, SourceContext&) = nullptr;
  // Also called when the unit could not be parsed to its end.
  void (*on_facts)(const SourceFacts&, SourceContext&) = nullptr;
};

extern const SourceRule kPms201NoStackProtector, kPms202OptimizeAttribute, kPms203OptimizePragma,
    kPms204AttributePragma, kPms205InlinedCallee, kPms206NotOptimised, kPms207FortifyMacro, kPms208BuiltinCall,
    kPms209FortifyBypass, kPms210FortifyLibrary, kPms211TargetBranchProtection, kPms212BranchAttributes,
    kPms213UninitializedAttribute, kPms214OptOutAttributes, kPms215NoSanitize, kPms216RawStack, kPms217VariableFrame,
    kPms218UnguardedArray, kPms219OldFlexibleArray, kPms220LostWipe, kPms301IgnoredError, kPms302DowngradedError,
    kPms303IgnoredGroup, kPms304UnbalancedPush, kPms305SystemHeader, kPms306LineMarker, kPms307SystemDirectory,
    kPms308LaunderedType, kPms309BareSuppression, kPms402ExecutableStackNote, kPms403NestedFunctionAddress,
    kPms404WritableExecutableMapping, kPms405DataInExecutableSection, kPms407LibrarySearchPath, kPms408ShellCommand,
    kPms409UnboundedCopy, kPms410UncheckedPrivilegeDrop, kPms411UncheckedVerification, kPms412HardCodedCredential,
    kPms413DebugBackDoor, kPms414BidirectionalText, kPms415StackCheckReplaced, kPms416SignalHandlerUnsafeCall,
    kPms417FixedMapping, kPms418MemoryFileExecuted, kPms419PersonalityWeakened, kPms420StartUpTable,
    kPms421EarlyConstructor, kPms422GlobalSymbolScope, kPms423LoaderEnvironment, kPms424ProgramSearchPath, kPms425Gets,
    kPms426ScanfUnbounded, kPms427PredictableTemporaryName, kPms428WeakRandom, kPms429SupersededFunction,
    kPms430UmaskOpen, kPms431WorldWritableFile, kPms432VerificationAsTruth, kPms433SecretComparedInTime,
    kPms434AssertSideEffect, kPms435FormatWritesMemory, kPms436FormatNotConstant, kPms437ConfusableIdentifier,
    kPms438ConstantStackGuard, kPms439NonLocalJump, kPms440SignalHandlerSharedData;

std::span<const SourceRule* const> source_rules();

}  // namespace proofmark::analyze
