// SPDX-License-Identifier: Apache-2.0
//
// Turns the programs that a build executes into compile commands and link commands.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "compile/exec_trace.h"

namespace proofmark::analyze {

class Recorder {
 public:
  // True when it is a compiler or linker, whatever it does: nothing below it is then of interest.
  bool take(const Execution& execution);

  struct Counts {
    size_t compiled = 0, linked = 0,
           gone = 0;  // gone: of files that the build itself removed, as configure's tests are
  };
  // Writes compile_commands.json and link_commands.json into `directory`.
  report::Result<Counts> write(const std::filesystem::path& directory) const;

 private:
  void add_units(const Words& words, const Words& prefix, const std::filesystem::path& directory);
  void add_link(const Words& words, const Words& prefix, const std::filesystem::path& directory);

  // By directory, file and output: what is built twice counts as it was built last.
  std::map<std::string, nlohmann::json> units_, links_;
};

}  // namespace proofmark::analyze
