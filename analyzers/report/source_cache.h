// SPDX-License-Identifier: Apache-2.0
//
// Single lines of source files, each file read once however many findings point into it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace proofmark::report {

class SourceCache {
 public:
  // Line `line` (1-based) of `file` without its end; empty when there is no such file or line, or it is not text.
  std::string_view line(const std::string& file, unsigned line);

 private:
  struct Text {
    std::string bytes;
    std::vector<std::size_t> starts;  // offset of each line
  };
  const Text& load(const std::string& file);

  std::map<std::string, Text> files_;
};

}  // namespace proofmark::report
