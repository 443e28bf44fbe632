// SPDX-License-Identifier: Apache-2.0
//
// The table of source rules, in the order of their ids.
#include "rules/source_rule.h"

#include <array>

#include "rules/firmware_rules.h"

namespace proofmark::analyze {

std::span<const SourceRule* const> source_rules() {
  static constexpr std::array kRules = {
      &kPms201NoStackProtector,
      &kPms202OptimizeAttribute,
      &kPms203OptimizePragma,
      &kPms204AttributePragma,
      &kPms205InlinedCallee,
      &kPms206NotOptimised,
      &kPms207FortifyMacro,
      &kPms208BuiltinCall,
      &kPms209FortifyBypass,
      &kPms210FortifyLibrary,
      &kPms211TargetBranchProtection,
      &kPms212BranchAttributes,
      &kPms213UninitializedAttribute,
      &kPms214OptOutAttributes,
      &kPms215NoSanitize,
      &kPms216RawStack,
      &kPms217VariableFrame,
      &kPms218UnguardedArray,
      &kPms219OldFlexibleArray,
      &kPms220LostWipe,
      &kPms301IgnoredError,
      &kPms302DowngradedError,
      &kPms303IgnoredGroup,
      &kPms304UnbalancedPush,
      &kPms305SystemHeader,
      &kPms306LineMarker,
      &kPms307SystemDirectory,
      &kPms308LaunderedType,
      &kPms309BareSuppression,
      &kPms402ExecutableStackNote,
      &kPms403NestedFunctionAddress,
      &kPms404WritableExecutableMapping,
      &kPms405DataInExecutableSection,
      &kPms407LibrarySearchPath,
      &kPms408ShellCommand,
      &kPms409UnboundedCopy,
      &kPms410UncheckedPrivilegeDrop,
      &kPms411UncheckedVerification,
      &kPms412HardCodedCredential,
      &kPms413DebugBackDoor,
      &kPms414BidirectionalText,
      &kPms415StackCheckReplaced,
      &kPms416SignalHandlerUnsafeCall,
      &kPms417FixedMapping,
      &kPms418MemoryFileExecuted,
      &kPms419PersonalityWeakened,
      &kPms420StartUpTable,
      &kPms421EarlyConstructor,
      &kPms422GlobalSymbolScope,
      &kPms423LoaderEnvironment,
      &kPms424ProgramSearchPath,
      &kPms425Gets,
      &kPms426ScanfUnbounded,
      &kPms427PredictableTemporaryName,
      &kPms428WeakRandom,
      &kPms429SupersededFunction,
      &kPms430UmaskOpen,
      &kPms431WorldWritableFile,
      &kPms432VerificationAsTruth,
      &kPms433SecretComparedInTime,
      &kPms434AssertSideEffect,
      &kPms435FormatWritesMemory,
      &kPms436FormatNotConstant,
      &kPms437ConfusableIdentifier,
      &kPms438ConstantStackGuard,
      &kPms439NonLocalJump,
      &kPms440SignalHandlerSharedData,
      &kPms501StackFrame,
      &kPms504WireValueNarrowed,
      &kPms505ByteBufferCast,
      &kPms506InterruptHandlerCall,
      &kPms507SecretNotWiped,
  };
  return kRules;
}

}  // namespace proofmark::analyze
