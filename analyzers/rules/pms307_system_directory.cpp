// SPDX-License-Identifier: Apache-2.0
//
// PMS307: a directory of the project is searched with -isystem (CMake: SYSTEM), so its headers show no warnings and their
// -Werror is void. The project is the directory that holds all sources of the compile database.
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/source_context.h"
#include "engine/source_facts.h"
#include "report/file.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

void on_facts(const SourceFacts& facts, SourceContext& context) {
  if (context.project_root().empty()) return;
  std::set<std::string> said;
  for (const IncludeFact& include : facts.includes) {
    if (!include.system || !report::lies_below(include.file, context.project_root())) continue;
    const std::string directory = context.named_system_dir(include.file);
    if (directory.empty() || !said.insert(directory).second) continue;
    const clang::FileID header = context.sources().translateFile(include.entry);
    context.report(kPms307SystemDirectory,
                   header.isValid() ? context.sources().getLocForStartOfFile(header) : include.where,
                   fmt::format("headers of {} belong to the project but show no warnings: searched with -isystem",
                               std::filesystem::path(directory).lexically_relative(context.project_root()).string()),
                   "search it with -I; a vendored library whose warnings nobody will cure gets a waiver");
  }
}

}  // namespace

constinit const SourceRule kPms307SystemDirectory = {
    .info = {"PMS307", "system-directory", "No directory of the project is searched as a system directory.",
             report::Level::kShould, 1127},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
