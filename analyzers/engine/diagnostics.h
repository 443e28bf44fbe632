// SPDX-License-Identifier: Apache-2.0
//
// The compiler's own diagnostics as findings. Which rule a warning belongs to is decided by its option, because the
// same policy must hold for units that GCC builds.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/clang_headers.h"
#include "engine/source_place.h"
#include "engine/unit_result.h"
#include "rules/safe_fix.h"
#include "rules/warning_rule.h"

namespace proofmark::analyze {

// Rule and policy name of every diagnostic that the policy makes an error.
struct EnforcedWarning {
  const WarningRule* rule = nullptr;
  std::string option;
};
using EnforcedWarnings = std::map<unsigned, EnforcedWarning>;

// An error for a name that is no warning of Clang's: a policy must not ask for what nobody checks.
report::Result<EnforcedWarnings> find_enforced_warnings(const std::vector<std::string>& names);

class DiagnosticCollector : public clang::DiagnosticConsumer {
 public:
  DiagnosticCollector(const EnforcedWarnings& enforced, const report::Policy& policy, std::filesystem::path directory)
      : enforced_(enforced), policy_(policy), directory_(std::move(directory)) {}

  void BeginSourceFile(const clang::LangOptions& language, const clang::Preprocessor*) override {
    language_ = &language;
  }
  void HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& info) override;

  std::vector<report::Finding> take_findings() { return std::move(findings_); }
  std::vector<Fix> take_fixes() { return std::move(fixes_); }
  // The first error that no warning option can explain: the parse is not to be trusted. Empty when there is none.
  const std::string& hard_error() const { return hard_error_; }
  // Whether it is about the text, and not about a file that could not be read or was written to meanwhile.
  bool hard_error_is_lasting() const { return lasting_; }

 private:
  report::Location place_of(const clang::Diagnostic& info) const;
  void add_fix(const clang::Diagnostic& info, bool is_note);
  void add_note(const clang::Diagnostic& info, std::string message);
  void add_warning(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& info, std::string option,
                   std::string message);

  const EnforcedWarnings& enforced_;
  const report::Policy& policy_;
  std::filesystem::path directory_;
  std::vector<report::Finding> findings_;
  std::vector<Fix> fixes_;
  const clang::LangOptions* language_ = nullptr;  // while a file is read
  const SafeFix* safe_fix_ = nullptr;             // of the last finding, until it has its fix
  std::string hard_error_;
  bool lasting_ = true;
  bool last_was_finding_ = false;  // notes belong to the diagnostic before them
};

}  // namespace proofmark::analyze
