// SPDX-License-Identifier: Apache-2.0
//
// What the analysis of a unit looked at, so that a later run can tell whether it would see the same. As text it is one
// line for each name: a manifest holds hundreds for each unit, and a line that many units share is judged once.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace proofmark::analyze {

struct UnitReads {
  std::map<std::string, std::string> content;  // absolute path -> SHA-256 of the bytes that were read
  std::set<std::string> present;               // asked for and there, but not read: what __has_include saw
  std::set<std::string> absent;                // asked for and not there: a header earlier in the search path

  void add(const UnitReads& other);
};

// `fold` renames every path on its way.
using RenamePath = std::function<std::string(std::string_view)>;
std::string reads_to_text(const UnitReads& reads, const RenamePath& fold);

enum class ReadKind { kContent, kPresent, kAbsent };

struct ReadLine {
  ReadKind kind = ReadKind::kContent;
  std::string path;    // absolute
  std::string digest;  // of kContent
};

// One line, without its end; nothing comes back of what reads_to_text does not write.
std::optional<ReadLine> parse_read_line(std::string_view line, const RenamePath& unfold);

}  // namespace proofmark::analyze
