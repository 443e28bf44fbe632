// SPDX-License-Identifier: Apache-2.0
//
// The scan; see dependency_scan.h.
#include "engine/dependency_scan.h"

#include <unistd.h>

#include "compile/parse_view.h"
#include "engine/clang_headers.h"
#include "engine/recording_files.h"

namespace proofmark::analyze {

UnitReads scan_unit(const Unit& unit, const EffectiveFlags& effective, const ParseSettings& settings) {
  if (::chdir(unit.directory.c_str()) != 0) return {};
  const Words argv = make_parse_view(unit, effective, {settings.resource_dir, {}, true});
  std::vector<const char*> words;
  for (const std::string& word : argv) words.push_back(word.c_str());
  clang::IgnoringDiagConsumer ignored;
  clang::CreateInvocationOptions options;
  options.RecoverOnError = true;
  options.Diags = clang::CompilerInstance::createDiagnostics(new clang::DiagnosticOptions, &ignored, false);
  auto invocation = clang::createInvocation(words, std::move(options));
  if (invocation == nullptr) return {};
  clang::CompilerInstance compiler;
  compiler.setInvocation(std::move(invocation));
  compiler.createDiagnostics(&ignored, /*ShouldOwnClient=*/false);
  const auto seen = llvm::makeIntrusiveRefCnt<RecordingFiles>(unit.directory);
  compiler.createFileManager(seen);
  clang::PreprocessOnlyAction action;
  // A header that is not there ends nothing: it may be one that the change took away.
  compiler.ExecuteAction(action);
  return compiler.getDiagnostics().hasErrorOccurred() ? UnitReads{} : seen->reads();
}

}  // namespace proofmark::analyze
