// SPDX-License-Identifier: Apache-2.0
//
// Every size and offset of an archive is text that anybody can have written: each is checked against what is left.
#include "elf/archive.h"

#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace proofmark::elf {
namespace {

constexpr std::string_view kWhole = "!<arch>\n", kThin = "!<thin>\n";
constexpr std::size_t kHeaderBytes = 60, kNameBytes = 16, kSizeAt = 48, kSizeBytes = 10;

std::optional<std::size_t> number(std::string_view text) {
  text = text.substr(0, text.find(' '));
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

class ArchiveReader {
 public:
  explicit ArchiveReader(std::string_view bytes) : rest_(bytes.substr(kWhole.size())) {}

  // False at the end, or when what follows is damaged: then problem() tells.
  bool next(ArchiveMember& member) {
    while (!rest_.empty() && problem_.empty()) {
      std::string_view content;
      const std::string_view name = take(content);
      if (!problem_.empty()) return false;
      if (name == "//") long_names_ = content;
      if (name == "/" || name == "//" || name == "/SYM64/" || name.starts_with("__.SYMDEF")) continue;
      member.name = full_name(name, content);
      member.bytes = content;
      return problem_.empty();
    }
    return false;
  }

  const std::string& problem() const { return problem_; }

 private:
  // Takes one header and what it describes; answers the raw name without the blanks behind it.
  std::string_view take(std::string_view& content) {
    if (rest_.size() < kHeaderBytes) return fail("the last header is cut off");
    const auto size = number(rest_.substr(kSizeAt, kSizeBytes));
    if (rest_.substr(kHeaderBytes - 2, 2) != "`\n" || !size) return fail("a member's header is damaged");
    std::string_view name = rest_.substr(0, kNameBytes);
    name = name.substr(0, name.find_last_not_of(' ') + 1);
    rest_.remove_prefix(kHeaderBytes);
    if (*size > rest_.size()) return fail(fmt::format("member {} is cut off", name));
    content = rest_.substr(0, *size);
    rest_.remove_prefix(std::min(rest_.size(), *size + *size % 2));
    return name;
  }

  // GNU: "name/" or "/offset into the name table"; BSD: "#1/length", the name being the first bytes of the content.
  std::string full_name(std::string_view name, std::string_view& content) {
    if (name.starts_with("#1/")) {
      const auto length = number(name.substr(3));
      if (!length || *length > content.size()) return std::string(fail("a member's name is damaged"));
      const std::string_view found = content.substr(0, *length);
      content.remove_prefix(*length);
      return std::string(found.substr(0, found.find('\0')));
    }
    if (name.starts_with('/')) {
      const auto offset = number(name.substr(1));
      if (!offset || *offset >= long_names_.size()) return std::string(fail("a member's name is damaged"));
      name = long_names_.substr(*offset);
      name = name.substr(0, name.find('\n'));
    }
    if (name.ends_with('/')) name.remove_suffix(1);
    return std::string(name);
  }

  std::string_view fail(std::string what) {
    problem_ = std::move(what);
    return {};
  }

  std::string_view rest_, long_names_;
  std::string problem_;
};

}  // namespace

bool is_archive(std::string_view bytes) {
  return bytes.starts_with(kWhole) || bytes.starts_with(kThin);
}

report::Result<std::vector<ArchiveMember>> read_archive(std::string_view bytes, const std::string& origin) {
  if (bytes.starts_with(kThin)) {
    return tl::unexpected(report::Error{fmt::format("{}: a thin archive only names its members", origin),
                                        "give the objects themselves, or make the archive without `T`"});
  }
  if (!bytes.starts_with(kWhole)) return tl::unexpected(report::Error{fmt::format("{}: not an archive", origin), {}});
  std::vector<ArchiveMember> members;
  ArchiveReader reader(bytes);
  ArchiveMember member;
  while (reader.next(member)) members.push_back(member);
  if (reader.problem().empty()) return members;
  return tl::unexpected(report::Error{fmt::format("{}: damaged archive: {}", origin, reader.problem()), {}});
}

}  // namespace proofmark::elf
