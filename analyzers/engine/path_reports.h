// SPDX-License-Identifier: Apache-2.0
//
// Receives the Clang Static Analyzer's reports and turns them into findings of the PMS1## rules, path included.
#pragma once

#include <vector>

#include "engine/clang_headers.h"
#include "engine/source_place.h"
#include "engine/unit_result.h"

namespace proofmark::analyze {

// A report, with its places as the parse knows them: of the finding, then of each step of its path.
struct PathReport {
  report::Finding finding;
  std::vector<clang::SourceLocation> places;
};

class PathReportCollector : public clang::ento::PathDiagnosticConsumer {
 public:
  PathReportCollector(clang::ASTContext& tree, const report::Policy& policy, const SourcePlaces& places)
      : tree_(tree), policy_(policy), places_(places) {}

  void FlushDiagnosticsImpl(std::vector<const clang::ento::PathDiagnostic*>& diagnostics, FilesMade* files) override;
  llvm::StringRef getName() const override { return "proofmark"; }
  // Without this, reports whose path enters a header are dropped silently.
  bool supportsCrossFileDiagnostics() const override { return true; }

  // What was reported; once, after the last report.
  std::vector<PathReport> take_reports();

 private:
  void add(const clang::ento::PathDiagnostic& diagnostic);

  clang::ASTContext& tree_;
  const report::Policy& policy_;
  const SourcePlaces& places_;
  std::vector<PathReport> reports_;
};

// Words for the compiler's command line that choose checkers and budget. `sources`: as network_taint.h has them.
Words analyzer_words(unsigned max_nodes, const std::string& sources);

}  // namespace proofmark::analyze
