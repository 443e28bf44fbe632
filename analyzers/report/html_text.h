// SPDX-License-Identifier: Apache-2.0
//
// What the HTML page is made of: text that can't become markup, the hashes that its content policy names, and excerpts
// of sources.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/finding.h"
#include "report/source_cache.h"

namespace proofmark::report {

// Safe between tags and inside double quotes. Bytes that are no UTF-8 and control characters become U+FFFD; characters
// that reorder text, with which a name can look like another, become their number.
std::string escape_html(std::string_view text);

// "sha256-<base64>" of an inline style or script, for its content policy (W3C CSP 3, section 2.3.1).
std::string csp_hash(std::string_view content);

// Lines of the sources below one folder, and of no other file: where a layers file comes from is not known.
class Excerpts {
 public:
  explicit Excerpts(const std::filesystem::path& root);

  struct Line {
    unsigned number = 0;
    std::string text;  // cut when very long
    bool marked = false;
  };

  // The lines around `marks`, which lie in one file, down to `last`; empty when it is not below the root, or when the
  // page is full.
  std::vector<Line> around(const std::string& file, const std::vector<unsigned>& marks, unsigned last);

 private:
  std::string resolve(const std::string& file);

  std::filesystem::path root_;  // canonical; empty: there are no sources
  std::map<std::string, std::string> resolved_;
  SourceCache sources_;
  std::size_t used_bytes_ = 0;
};

}  // namespace proofmark::report
