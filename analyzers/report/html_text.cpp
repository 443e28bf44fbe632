// SPDX-License-Identifier: Apache-2.0
//
// See html_text.h.
#include "report/html_text.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "report/digest.h"
#include "report/file.h"
#include "report/utf8.h"

namespace proofmark::report {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kMaxLineBytes = 200, kMaxExcerptBytes = std::size_t{512} * 1024;
constexpr unsigned kLinesBefore = 2, kMaxLines = 24;
constexpr unsigned kMaxComponents = 64;

void put(std::string_view sequence, std::string& out) {
  const char32_t c = utf8_decode(sequence);
  if (c == '&')
    out += "&amp;";
  else if (c == '<')
    out += "&lt;";
  else if (c == '>')
    out += "&gt;";
  else if (c == '"')
    out += "&quot;";
  else if (c == '\'')
    out += "&#39;";
  else if (is_control(c))
    out += kReplacement;
  else if (reorders_text(c))
    out += fmt::format("[U+{:04X}]", static_cast<unsigned>(c));
  else
    out += sequence;
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) {
      out += kReplacement;
    } else {
      put(text.substr(0, length), out);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::string csp_hash(std::string_view content) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string hex = sha256_hex(content);
  // 64 hexadecimal digits are 42 groups of 6 bits and 4 bits more, padded with two zero bits: 43 characters and "=".
  std::string base64;
  unsigned bits = 0, value = 0;
  for (const char digit : hex) {
    unsigned nibble = 0;
    std::from_chars(&digit, &digit + 1, nibble, 16);
    value = value << 4 | nibble;
    bits += 4;
    if (bits < 6) continue;
    bits -= 6;
    base64 += kAlphabet[value >> bits & 63U];
  }
  base64 += kAlphabet[value << (6 - bits) & 63U];
  return "sha256-" + base64 + "=";
}

Excerpts::Excerpts(const fs::path& root) {
  std::error_code error;
  if (!root.empty()) root_ = fs::canonical(root, error);
  if (error) root_.clear();
}

// The file itself when it lies below the root; else, as builds map their source folder to another name, the longest end
// of its path that names a file there.
std::string Excerpts::resolve(const std::string& file) {
  const auto known = resolved_.find(file);
  if (known != resolved_.end()) return known->second;
  std::vector<fs::path> candidates{fs::path(file)};
  const fs::path parts = fs::path(file).relative_path();
  for (auto first = parts.begin(); first != parts.end() && candidates.size() < kMaxComponents; ++first) {
    fs::path end;
    for (auto part = first; part != parts.end(); ++part) end /= *part;
    candidates.push_back(root_ / end);
  }
  std::string& answer = resolved_[file];
  for (const fs::path& candidate : candidates) {
    std::error_code error;
    const fs::path real = fs::canonical(candidate, error);
    if (error || !lies_below(real, root_) || !fs::is_regular_file(real, error)) continue;
    return answer = real.string();
  }
  return answer;
}

std::vector<Excerpts::Line> Excerpts::around(const std::string& file, const std::vector<unsigned>& marks,
                                             unsigned last) {
  std::vector<Line> lines;
  if (root_.empty() || marks.empty() || file.find('\0') != std::string::npos) return lines;
  const std::string path = resolve(file);
  if (path.empty()) return lines;
  const auto [low, high] = std::ranges::minmax(marks);
  const unsigned first = low > kLinesBefore ? low - kLinesBefore : 1;
  last = std::min(std::max(high, last), first + kMaxLines);
  for (unsigned number = first; number <= last; ++number) {
    const std::string_view text = sources_.line(path, number).substr(0, kMaxLineBytes);
    if (used_bytes_ + text.size() > kMaxExcerptBytes) return {};
    used_bytes_ += text.size();
    lines.push_back({number, std::string(text), std::ranges::find(marks, number) != marks.end()});
  }
  while (!lines.empty() && lines.back().text.empty()) lines.pop_back();
  return lines;
}

}  // namespace proofmark::report
