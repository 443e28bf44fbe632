// SPDX-License-Identifier: Apache-2.0
//
// Analyzer reports to findings; see path_reports.h.
#include "engine/path_reports.h"

#include <cctype>

#include <fmt/format.h>

#include "engine/memory_kind.h"
#include "engine/network_taint.h"
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

using clang::ento::PathDiagnostic;
using clang::ento::PathDiagnosticPiece;

// Measured on 120 samples per weakness: the alpha checkers for bounds, strings and taint raise the recall for CWE-121
// from 6 to 26 % and for CWE-122 from 11 to 51 % at no cost in time. security.insecureAPI is taken one by one: its
// strcpy and DeprecatedOrUnsafeBufferHandling complain about every use, and what it says of gets, mktemp, rand, vfork,
// getpw and setuid is said by source rules (PMS410, PMS425 to PMS429), once. optin.taint.TaintedAlloc does not see that two
// bytes make no large number; proofmark.NetworkTaint looks at the same calls.
constexpr std::string_view kCheckers =
    "core,unix,cplusplus,nullability.NullPassedToNonnull,nullability.NullReturnedFromNonnull,"
    "security.FloatLoopCounter,security.PutenvStackArray,security.SetgidSetuidOrder,security.cert.env.InvalidPtr,"
    "security.insecureAPI.mkstemp,"
    "alpha.security.ArrayBoundV2,alpha.security.ReturnPtrRange,"
    "alpha.security.taint.GenericTaint,alpha.unix.cstring.OutOfBounds,alpha.unix.cstring.NotNullTerminated,"
    "alpha.unix.cstring.UninitializedRead,alpha.core.TestAfterDivZero,"
    "proofmark.NetworkTaint,proofmark.Descriptors,proofmark.LibraryModels,proofmark.UncheckedInput";

// Reports start with a capital letter, findings do not, unless the word is a name.
std::string as_message(llvm::StringRef text) {
  std::string message = text.rtrim('.').str();
  if (message.size() > 1 && std::islower(static_cast<unsigned char>(message[1])) != 0)
    message[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(message[0])));
  return message;
}

}  // namespace

Words analyzer_words(unsigned max_nodes, const std::string& sources) {
  return {
      "-Xclang", "-analyzer-checker=" + std::string(kCheckers), "-Xclang", "-analyzer-config", "-Xclang",
      // Loops with a small constant bound are followed to their end: an array overrun by one is found only there. And a
      // number of four bytes put together by shifts is as untrusted as each of them.
      fmt::format("max-nodes={},unroll-loops=true,max-tainted-symbol-complexity=35,{}:{}={}", max_nodes, kNetworkTaint,
                  kNetworkTaintSources, sources)};
}

void PathReportCollector::FlushDiagnosticsImpl(std::vector<const PathDiagnostic*>& diagnostics, FilesMade*) {
  for (const PathDiagnostic* diagnostic : diagnostics) add(*diagnostic);
}

std::vector<PathReport> PathReportCollector::take_reports() {
  FlushDiagnostics(nullptr);
  return std::move(reports_);
}

void PathReportCollector::add(const PathDiagnostic& diagnostic) {
  const clang::SourceLocation place = diagnostic.getLocation().asLocation();
  report::Finding finding;
  std::vector<clang::SourceLocation> steps;
  for (const auto& piece : diagnostic.path.flatten(/*ShouldFlattenMacros=*/true)) {
    if (piece->getKind() == PathDiagnosticPiece::ControlFlow) continue;
    const clang::SourceLocation step = piece->getLocation().asLocation();
    steps.push_back(step);
    finding.path.push_back({places_.at(step), as_message(piece->getString())});
  }

  const llvm::StringRef text = diagnostic.getVerboseDescription();
  const llvm::StringRef checker = diagnostic.getCheckerName();
  const MemoryFinder finder(tree_);
  AnalyzerReport report{{checker.data(), checker.size()}, {text.data(), text.size()}};
  // What came from outside chooses the index, but only within the string it is in.
  if (report.is_out_of_bounds() && report.depends_on_taint() && finder.stays_in_string(place)) return;
  if (report.is_out_of_bounds()) {
    report.memory = finder.memory(report.message, place, steps);
    report.access = finder.access(report.checker, report.message, place);
  }
  const PathRule& rule = path_rule_for(report);
  finding.rule = rule.info.id;
  finding.level = policy_.level(rule.info);
  if (finding.level == report::Level::kOff) return;
  finding.message = as_message(text);
  if (&rule == &kPms199OtherReport) finding.message += " (" + checker.str() + ")";
  finding.cwe = rule.cwe != nullptr ? rule.cwe(report) : rule.info.cwe;
  finding.where = places_.at(place);
  // The last step repeats the finding itself.
  if (!finding.path.empty() && finding.path.back().where == finding.where) {
    finding.path.pop_back();
    steps.pop_back();
  }
  steps.insert(steps.begin(), place);
  reports_.push_back({std::move(finding), std::move(steps)});
}

}  // namespace proofmark::analyze
