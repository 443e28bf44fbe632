// SPDX-License-Identifier: Apache-2.0
//
// Receives the Clang Static Analyzer's reports and turns them into findings of the PMS1## rules, path included.
#pragma once

#include <vector>

#include "engine/clang_headers.h"
#include "engine/source_place.h"
#include "engine/unit_result.h"

namespace proofmark::analyze {

class PathReportCollector : public clang::ento::PathDiagnosticConsumer {
 public:
  // Findings are appended to `findings`, which must outlive this.
  PathReportCollector(clang::CompilerInstance& compiler, const report::Policy& policy, std::filesystem::path directory,
                      std::vector<report::Finding>& findings)
      : compiler_(compiler), policy_(policy), directory_(std::move(directory)), findings_(findings) {}

  void FlushDiagnosticsImpl(std::vector<const clang::ento::PathDiagnostic*>& diagnostics, FilesMade* files) override;
  llvm::StringRef getName() const override { return "proofmark"; }
  // Without this, reports whose path enters a header are dropped silently.
  bool supportsCrossFileDiagnostics() const override { return true; }

 private:
  void add(const clang::ento::PathDiagnostic& diagnostic);

  clang::CompilerInstance& compiler_;
  const report::Policy& policy_;
  std::filesystem::path directory_;
  std::vector<report::Finding>& findings_;
};

// Words for the compiler's command line that choose checkers and budget.
Words analyzer_words(unsigned max_nodes);

}  // namespace proofmark::analyze
