// SPDX-License-Identifier: Apache-2.0
//
// Questions to git, and its unified diff.
#include "tool/changed_lines.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <limits>

#include <fmt/format.h>

#include "report/baseline.h"
#include "tool/git.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using report::Error;
using report::Result;

constexpr unsigned kLastLine = std::numeric_limits<unsigned>::max();

// What git answers, or an error that says `what`.
Result<std::string> answer(const Words& question, const fs::path& directory, const std::string& what,
                           const char* hint) {
  auto output = ask_git(question, directory);
  if (!output) return tl::unexpected(output.error());
  if (output->exit_code == 0) return std::move(output->out);
  const std::string reason = first_line(output->err);
  return tl::unexpected(Error{reason.empty() ? what : fmt::format("{} ({})", what, reason), hint});
}

// Takes the line at the front, without its end.
std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// A path as git writes it: in quotes with C escapes when it holds control characters, quotes or backslashes, else as it
// is; a tab follows a path with blanks.
std::string unquoted(std::string_view path) {
  if (!path.starts_with('"')) return std::string(path.substr(0, path.find('\t')));
  constexpr std::string_view kEscapes = "abtnvfr", kMeanings = "\a\b\t\n\v\f\r";
  std::string out;
  for (std::size_t i = 1; i < path.size() && path[i] != '"'; ++i) {
    if (path[i] != '\\' || i + 1 >= path.size()) {
      out += path[i];
      continue;
    }
    const char next = path[++i];
    const auto known = kEscapes.find(next);
    unsigned octal = 0;
    const std::string_view digits = path.substr(i, 3);
    const auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), octal, 8);
    const bool is_octal = error == std::errc{} && rest == digits.data() + 3;
    if (is_octal) i += 2;
    out += is_octal ? static_cast<char>(octal) : known != std::string_view::npos ? kMeanings[known] : next;
  }
  return out;
}

struct Span {
  unsigned first = 0, count = 1;
};

// "12,3" or "12".
Span read_span(std::string_view text) {
  Span span;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), span.first);
  if (error == std::errc{} && rest != text.data() + text.size() && *rest == ',')
    std::from_chars(rest + 1, text.data() + text.size(), span.count);
  return span;
}

// "@@ -12,3 +14 @@ context": the spans after '-' and '+'.
std::pair<Span, Span> read_hunk(std::string_view line) {
  const auto word = [&line](char sign) {
    const auto at = line.find(sign);
    if (at == std::string_view::npos) return std::string_view();
    return line.substr(at + 1, line.find(' ', at) - at - 1);
  };
  return {read_span(word('-')), read_span(word('+'))};
}

// The lines of a hunk may look like headers.
void skip_hunk(std::string_view& diff, unsigned lines) {
  while (!diff.empty() && (lines > 0 || diff.starts_with('\\')))
    if (!take_line(diff).starts_with('\\')) --lines;
}

std::string canonical(const std::string& file) {
  std::error_code error;
  const fs::path path = fs::weakly_canonical(fs::absolute(file, error), error);
  return error ? file : path.string();
}

}  // namespace

Result<ChangedLines> ChangedLines::since(const std::string& revision) {
  const fs::path here = fs::current_path();
  const std::string option = fmt::format("--diff {}", revision);
  constexpr const char* kShallow = "a shallow clone may lack it; fetch the whole history (GitHub: fetch-depth: 0)";
  const auto top = answer({"rev-parse", "--show-toplevel"}, here, option + ": not in a git repository", "");
  if (!top) return tl::unexpected(top.error());
  const fs::path root = first_line(*top);
  const auto base = answer({"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"}, root,
                           option + ": unknown revision", kShallow);
  if (!base) return tl::unexpected(base.error());
  const auto fork =
      answer({"merge-base", first_line(*base), "HEAD"}, root, option + ": no common ancestor with HEAD", kShallow);
  if (!fork) return tl::unexpected(fork.error());
  const auto diff = answer(
      {"diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--find-renames", "--unified=0",
       "--inter-hunk-context=0", "--submodule=short", "--src-prefix=a/", "--dst-prefix=b/", first_line(*fork), "--"},
      root, option + ": git cannot compare", "");
  if (!diff) return tl::unexpected(diff.error());
  const auto unknown =
      answer({"ls-files", "--others", "--exclude-standard", "-z"}, root, option + ": git cannot list files", "");
  if (!unknown) return tl::unexpected(unknown.error());

  ChangedLines changes;
  changes.read_diff(*diff, root.string());
  for (const std::string& name : names_of(*unknown)) changes.add_whole_file((root / name).string());
  return changes;
}

void ChangedLines::read_diff(std::string_view diff, const std::string& top) {
  constexpr std::string_view kNewFile = "+++ ";
  std::string file;
  while (!diff.empty()) {
    const std::string_view line = take_line(diff);
    if (line.starts_with(kNewFile)) {
      const std::string name = unquoted(line.substr(kNewFile.size()));
      file = name.starts_with("b/") ? (fs::path(top) / name.substr(2)).string() : "";
    }
    if (!line.starts_with("@@ ")) continue;
    const auto [before, after] = read_hunk(line);
    skip_hunk(diff, before.count + after.count);
    if (!file.empty()) files_[file].emplace_back(after.first, after.first + std::max(after.count, 2U) - 1);
    if (!file.empty() && after.count == 1) files_[file].back().second = after.first;
  }
}

void ChangedLines::add_whole_file(const std::string& path) {
  files_[path].emplace_back(1, kLastLine);
}

bool ChangedLines::touches(const std::string& file, unsigned line) const {
  const auto runs = files_.find(file);
  return runs != files_.end() &&
         std::ranges::any_of(runs->second, [line](const auto& run) { return line >= run.first && line <= run.second; });
}

void ChangedLines::apply(std::vector<report::Reviewed>& findings) const {
  std::map<std::string, std::string> names;  // canonical, each asked once
  const auto touched = [&](const report::Location& where) {
    const auto [name, added] = names.try_emplace(where.file);
    if (added) name->second = canonical(where.file);
    return touches(name->second, where.line);
  };
  for (report::Reviewed& one : findings) {
    const report::Finding& finding = one.finding;
    if (one.novelty == report::Novelty::kKnown) continue;
    one.novelty = report::Novelty::kNew;
    if (report::is_inexcusable(finding) || finding.where.file.empty() || finding.where.line == 0) continue;
    const bool on_path =
        std::ranges::any_of(finding.path, [&](const report::PathStep& step) { return touched(step.where); });
    if (!on_path && !touched(finding.where)) one.novelty = report::Novelty::kElsewhere;
  }
}

}  // namespace proofmark::analyze
