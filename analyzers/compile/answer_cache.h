// SPDX-License-Identifier: Apache-2.0
//
// Answers of compilers on disk, so that the next run asks only what is new. An entry is used when the driver, every file
// that the answer depended on (the compiler proper, spec and configuration files, forced headers), the environment and
// this program are still what they were, and when nobody else can have written it.
#pragma once

#include <optional>

#include "compile/question.h"

namespace proofmark::analyze {

class AnswerCache {
 public:
  // Empty: nothing is remembered. A directory that others may write to, or that cannot be made, counts as empty.
  explicit AnswerCache(const std::filesystem::path& directory);

  std::optional<nlohmann::json> find(const Question& question) const;
  // `depends_on`: absolute paths. Failure to write is no error: the next run asks again.
  void keep(const Question& question, const nlohmann::json& answer, const Words& depends_on) const;

 private:
  std::filesystem::path directory_;
};

// $XDG_CACHE_HOME/proofmark/flags, or the same below ~/.cache; empty when there is neither.
std::filesystem::path default_cache_dir();

}  // namespace proofmark::analyze
