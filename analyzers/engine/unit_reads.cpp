// SPDX-License-Identifier: Apache-2.0
//
// What an analysis looked at, as text; see unit_reads.h.
#include "engine/unit_reads.h"

namespace proofmark::analyze {
namespace {

constexpr size_t kDigest = 64;

bool is_digest(std::string_view word) {
  return word.size() == kDigest && word.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// File names may contain line ends.
std::string escaped(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (c == '\\') out += "\\\\";
    if (c == '\n') out += "\\n";
    if (c != '\\' && c != '\n') out += c;
  }
  return out;
}

std::optional<std::string> unescaped(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    if (++i == text.size() || (text[i] != '\\' && text[i] != 'n')) return std::nullopt;
    out += text[i] == 'n' ? '\n' : '\\';
  }
  return out;
}

std::optional<ReadKind> kind_of(char letter) {
  if (letter == '+') return ReadKind::kContent;
  if (letter == '?') return ReadKind::kPresent;
  if (letter == '-') return ReadKind::kAbsent;
  return std::nullopt;
}

}  // namespace

void UnitReads::add(const UnitReads& other) {
  content.insert(other.content.begin(), other.content.end());
  present.insert(other.present.begin(), other.present.end());
  absent.insert(other.absent.begin(), other.absent.end());
}

std::string reads_to_text(const UnitReads& reads, const RenamePath& fold) {
  std::string out;
  for (const auto& [path, digest] : reads.content) out += "+ " + digest + " " + escaped(fold(path)) + "\n";
  for (const std::string& path : reads.present) out += "? " + escaped(fold(path)) + "\n";
  for (const std::string& path : reads.absent) out += "- " + escaped(fold(path)) + "\n";
  return out;
}

std::optional<ReadLine> parse_read_line(std::string_view line, const RenamePath& unfold) {
  if (line.size() < 3 || line[1] != ' ') return std::nullopt;
  const auto kind = kind_of(line[0]);
  if (!kind) return std::nullopt;
  ReadLine read{*kind, "", ""};
  line.remove_prefix(2);
  if (*kind == ReadKind::kContent) {
    read.digest = line.substr(0, kDigest);
    if (!is_digest(read.digest) || line.size() < kDigest + 2 || line[kDigest] != ' ') return std::nullopt;
    line.remove_prefix(kDigest + 1);
  }
  const auto name = unescaped(line);
  if (!name) return std::nullopt;
  read.path = unfold(*name);
  if (!read.path.starts_with('/')) return std::nullopt;
  return read;
}

}  // namespace proofmark::analyze
