// SPDX-License-Identifier: Apache-2.0
//
// Lines are indexed when a file is first asked for.
#include "report/source_cache.h"

#include "report/file.h"

namespace proofmark::report {

const SourceCache::Text& SourceCache::load(const std::string& file) {
  const auto [entry, added] = files_.try_emplace(file);
  Text& text = entry->second;
  if (!added) return text;
  auto bytes = read_file(file);
  // A finding about a binary has no source line to show.
  if (!bytes || bytes->find('\0') != std::string::npos) return text;
  text.bytes = std::move(*bytes);
  text.starts.push_back(0);
  for (std::size_t at = text.bytes.find('\n'); at != std::string::npos; at = text.bytes.find('\n', at + 1)) {
    text.starts.push_back(at + 1);
  }
  return text;
}

std::string_view SourceCache::line(const std::string& file, unsigned line) {
  if (file.empty() || line == 0) return {};
  const Text& text = load(file);
  if (line > text.starts.size()) return {};
  const std::string_view rest = std::string_view(text.bytes).substr(text.starts[line - 1]);
  std::string_view content = rest.substr(0, rest.find('\n'));
  if (content.ends_with('\r')) content.remove_suffix(1);
  return content;
}

}  // namespace proofmark::report
