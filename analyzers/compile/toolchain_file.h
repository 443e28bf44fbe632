// SPDX-License-Identifier: Apache-2.0
//
// A recorded toolchain: every answer that compilers gave in one run, so that another run starts no program at all. For
// hermetic CI: record where the compilers are trusted, replay where nothing may be executed.
#pragma once

#include <map>
#include <optional>

#include "compile/question.h"

namespace proofmark::analyze {

class ToolchainFile {
 public:
  static report::Result<ToolchainFile> load(const std::filesystem::path& file);
  report::Result<void> save(const std::filesystem::path& file) const;

  // The answer, or the error that the compiler gave instead; nothing when the question was never asked.
  std::optional<report::Result<nlohmann::json>> find(const Question& question) const;
  void add(const Question& question, const report::Result<nlohmann::json>& answer);

 private:
  std::map<std::string, nlohmann::json> entries_;  // by the text of the question
};

}  // namespace proofmark::analyze
