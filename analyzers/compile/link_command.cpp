// SPDX-License-Identifier: Apache-2.0
//
// Link steps out of command lines; see link_command.h. Reading them from CMake is in link_cmake.cpp.
#include "compile/link_command.h"

#include <algorithm>

#include <fmt/format.h>

#include "compile/database.h"
#include "compile/launcher.h"
#include "compile/link_cmake.h"
#include "compile/options.h"
#include "compile/process.h"
#include "compile/unit.h"
#include "report/file.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using std::string_view;

bool is_separator(string_view word) {
  return word == "&&" || word == "||" || word == ";" || word == "|";
}

bool only_asks_or_compiles(string_view word) {
  return matches_any(word, {"-c", "-S", "-E", "-M", "-MM", "-fsyntax-only", "--version", "-print-*", "--print-*",
                            "-dump*", "-###", "--help*", "-v", "-V"}) &&
         word != "-dumpdir";
}

// A command that names nothing to link only asks the driver something.
bool has_input(const Words& words) {
  for (size_t i = 1; i < words.size(); ++i) {
    if (takes_next_word(words[i])) {
      ++i;
    } else if (!words[i].starts_with("-")) {
      return true;
    }
  }
  return false;
}

std::string output_of(const Words& words) {
  std::string output = "a.out";
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "-o" && i + 1 < words.size()) {
      output = words[++i];
    } else if (words[i].starts_with("-o") && !words[i].starts_with("-o=") && words[i].size() > 2) {
      output = words[i].substr(2);
    }
  }
  return output;
}

bool is_link(const Words& words) {
  if (words.empty() || !(is_known_driver(words[0]) || is_known_linker(words[0]))) return false;
  return std::none_of(words.begin() + 1, words.end(), only_asks_or_compiles) && has_input(words);
}

// One simple command of a shell line.
void add_link(const Words& words, const fs::path& directory, std::vector<LinkCommand>& links) {
  const Launch launch = read_launchers(words);
  if (launch.words >= words.size()) return;
  LinkCommand link;
  link.directory = (directory / launch.directory).lexically_normal();
  link.environment = launch.environment;
  const auto first = words.begin() + static_cast<Words::difference_type>(launch.words);
  auto expanded = expand_response_files(Words(first, words.end()), link.directory);
  link.arguments = expanded ? std::move(*expanded) : Words(first, words.end());
  if (!is_link(link.arguments)) return;
  link.target = output_of(link.arguments);
  links.push_back(std::move(link));
}

report::Result<std::vector<LinkCommand>> from_entries(const json& entries, const std::string& origin,
                                                      const fs::path& base) {
  if (!entries.is_array())
    return tl::unexpected(report::Error{fmt::format("{}: no list of commands (expected a JSON array)", origin), ""});
  std::vector<LinkCommand> links;
  for (const json& entry : entries) {
    const json directory = entry.is_object() ? entry.value("directory", json()) : json();
    if (!directory.is_string())
      return tl::unexpected(
          report::Error{fmt::format("{}: an entry is malformed (expected a string \"directory\")", origin), ""});
    Words words;
    for (const json& word : entry.value("arguments", json::array()))
      if (word.is_string()) words.push_back(word.get<std::string>());
    const json command = entry.value("command", json());
    if (words.empty() && command.is_string()) words = split_words(command.get<std::string>());
    const auto found = find_links(words, fs::absolute(base / directory.get<std::string>()));
    links.insert(links.end(), found.begin(), found.end());
  }
  return links;
}

report::Result<std::vector<LinkCommand>> from_ninja(const fs::path& build_dir) {
  const auto said = run_process({"ninja", "-C", build_dir.string(), "-t", "compdb", "-x"}, fs::current_path());
  if (!said) return tl::unexpected(said.error());
  if (said->exit_code != 0)
    return tl::unexpected(report::Error{fmt::format("ninja: {}: {}", build_dir.string(), said->err), ""});
  const size_t begin = said->out.find('[');  // a "ninja: Entering directory" may come first
  const auto entries = report::parse_json(string_view(said->out).substr(std::min(begin, said->out.size())), "ninja");
  if (!entries) return tl::unexpected(entries.error());
  return from_entries(*entries, "ninja", build_dir);
}

}  // namespace

bool is_known_linker(string_view path) {
  std::string name = fs::path(path).filename().string();
  while (!name.empty() &&
         (std::isdigit(static_cast<unsigned char>(name.back())) != 0 || name.back() == '.' || name.back() == '-'))
    name.pop_back();
  if (const size_t dash = name.rfind('-'); dash != std::string::npos) name.erase(0, dash + 1);
  return matches_any(name, {"ld", "ld.bfd", "ld.lld", "ld.gold", "ld.mold", "lld", "mold"});
}

std::vector<LinkCommand> find_links(const Words& line, const fs::path& directory) {
  std::vector<LinkCommand> links;
  fs::path current = directory;
  Words words;
  for (size_t i = 0; i <= line.size(); ++i) {
    if (i < line.size() && !is_separator(line[i])) {
      words.push_back(line[i]);
      continue;
    }
    if (words.size() == 2 && words[0] == "cd") current = (current / words[1]).lexically_normal();
    add_link(words, current, links);
    words.clear();
  }
  return links;
}

report::Result<std::vector<LinkCommand>> load_link_commands(const std::string& from, const fs::path& build_dir) {
  const fs::path folder = fs::is_directory(build_dir) ? build_dir : build_dir.parent_path();
  if (from == "ninja") return from_ninja(folder);
  if (from == "cmake") return read_cmake_reply(folder);
  const auto entries = report::read_json(from);
  if (!entries) return tl::unexpected(entries.error());
  return from_entries(*entries, from, fs::absolute(from).parent_path());
}

}  // namespace proofmark::analyze
