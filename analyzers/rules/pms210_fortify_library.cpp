// SPDX-License-Identifier: Apache-2.0
//
// PMS210: _FORTIFY_SOURCE is a request to the C library. One that has no checking wrappers, such as musl, ignores it without
// a word.
#include <algorithm>

#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/source_context.h"
#include "engine/source_facts.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

// Known to read the macro: glibc and uClibc-ng's copies of its wrappers, Bionic, and newlib's <ssp/ssp.h>.
bool library_reads_fortify(const clang::Preprocessor& preprocessor) {
  constexpr llvm::StringLiteral kKnown[] = {"__GLIBC__", "__BIONIC__", "__SSP_FORTIFY_LEVEL"};
  return std::ranges::any_of(kKnown, [&](llvm::StringRef name) {
    return preprocessor.getMacroInfo(preprocessor.getIdentifierInfo(name)) != nullptr;
  });
}

// A header with functions that FORTIFY would check; <stdint.h> and the like prove nothing.
bool declares_buffer_functions(const IncludeFact& include) {
  const llvm::StringRef file = include.file;
  constexpr llvm::StringLiteral kNames[] = {"/string.h", "/strings.h", "/stdio.h",
                                            "/unistd.h", "/wchar.h",   "/sys/socket.h"};
  return include.system && std::ranges::any_of(kNames, [&](llvm::StringRef name) { return file.ends_with(name); });
}

void on_facts(const SourceFacts& facts, SourceContext& context) {
  if (context.effective().fortify_level == 0 || library_reads_fortify(context.preprocessor())) return;
  const auto include = std::ranges::find_if(facts.includes, declares_buffer_functions);
  if (include == facts.includes.end()) return;
  context.report(kPms210FortifyLibrary, include->where,
                 fmt::format("_FORTIFY_SOURCE {} has no effect: {} has no checking wrappers",
                             context.effective().fortify_level, include->file),
                 "use a C library with FORTIFY, or put headers such as fortify-headers before this one's");
}

}  // namespace

constinit const SourceRule kPms210FortifyLibrary = {
    .info = {"PMS210", "fortify-library", "The C library's headers honour _FORTIFY_SOURCE.", report::Level::kShould,
             693},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
