// SPDX-License-Identifier: Apache-2.0
//
// Which lines a change touches, as git tells: everything since the branch left its base, and what is not committed yet.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/review.h"

namespace proofmark::analyze {

class ChangedLines {
 public:
  // Asks git in the current directory for the changes between the merge base of `revision` and HEAD and the working tree,
  // files that git does not know yet included.
  static report::Result<ChangedLines> since(const std::string& revision);

  // Reads `git diff --unified=0` with the prefixes a/ and b/; paths are relative to `top`.
  void read_diff(std::string_view diff, const std::string& top);
  void add_whole_file(const std::string& path);

  // `file` is absolute and without links. Where lines were only taken away, the two that met are changed.
  bool touches(const std::string& file, unsigned line) const;

  // Findings that were new and are on unchanged lines become findings from elsewhere. One without a line (a flag, a link
  // step, a toolchain) stays new: no line of the change can tell who lost it. So does one whose path touches the change.
  void apply(std::vector<report::Reviewed>& findings) const;

 private:
  std::map<std::string, std::vector<std::pair<unsigned, unsigned>>> files_;  // first and last line of each run
};

}  // namespace proofmark::analyze
