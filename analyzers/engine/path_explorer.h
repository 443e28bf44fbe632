// SPDX-License-Identifier: Apache-2.0
//
// The path-sensitive analysis of a unit. Clang's engine and checkers do the work, one function at a time from the
// callers down, as in Clang's own driver; but no function's result depends on which were explored before it, so that it
// may come from an earlier run.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/clang_headers.h"
#include "engine/unit_result.h"

namespace proofmark::analyze {

struct PathSettings {
  const report::Policy& policy;
  std::filesystem::path directory;  // of the compile command
  const CacheDirectory* kept;       // results of functions from earlier runs; null: none
  bool keep;                        // new ones, too
  unsigned quiet_nodes;             // as in ParseSettings
  std::string salt;                 // what results depend on besides the code
};

// To be created before the parse. Findings are appended to the result when the tree is complete; all must outlive
// the consumer.
std::unique_ptr<clang::ASTConsumer> make_path_explorer(clang::CompilerInstance& compiler, const PathSettings& settings,
                                                       UnitResult& result);

}  // namespace proofmark::analyze
