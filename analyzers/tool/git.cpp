// SPDX-License-Identifier: Apache-2.0
//
// Questions to git; see git.h.
#include "tool/git.h"

namespace proofmark::analyze {

report::Result<ProcessOutput> ask_git(const Words& question, const std::filesystem::path& directory) {
  Words argv{"git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"};
  argv.insert(argv.end(), question.begin(), question.end());
  return run_process(argv, directory);
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

std::vector<std::string> names_of(std::string_view output) {
  std::vector<std::string> names;
  for (std::size_t end = output.find('\0'); end != std::string_view::npos; end = output.find('\0')) {
    names.emplace_back(output.substr(0, end));
    output.remove_prefix(end + 1);
  }
  return names;
}

}  // namespace proofmark::analyze
