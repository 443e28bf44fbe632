// SPDX-License-Identifier: Apache-2.0
//
// From a database entry to a unit; see unit.h.
#include "compile/unit.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "compile/launcher.h"
#include "compile/options.h"
#include "compile/prefix_map.h"
#include "report/digest.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using std::string_view;

constexpr std::array<string_view, 6> kDrivers = {"clang++", "clang", "gcc", "g++", "c++", "cc"};

template <size_t N>
bool contains(const std::array<string_view, N>& list, string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_version(string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0 || c == '.'; });
}

Language language_of_option(string_view name) {
  if (name == "c" || name == "cpp-output") return Language::kC;
  if (name == "c++" || name == "c++-cpp-output") return Language::kCxx;
  if (name.starts_with("assembler")) return Language::kAssembler;
  return Language::kUnknown;
}

// GCC and Clang split "-Wp,-DA=1,-DB" at commas and hand the pieces to the preprocessor after all other options, so that
// they win wherever they stand.
void append_split(Words& out, string_view list) {
  while (!list.empty()) {
    const size_t comma = list.find(',');
    out.emplace_back(list.substr(0, comma));
    list = comma == string_view::npos ? string_view() : list.substr(comma + 1);
  }
}

Words decode_preprocessor_words(const Words& words) {
  Words out, last;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].starts_with("-Wp,")) {
      append_split(last, string_view(words[i]).substr(4));
    } else if (words[i] == "-Xpreprocessor" && i + 1 < words.size()) {
      last.push_back(words[++i]);
    } else {
      out.push_back(words[i]);
    }
  }
  out.insert(out.end(), last.begin(), last.end());
  return out;
}

// Takes the source and -x out of the words; the last -x before the source decides, as in the drivers.
void take_source(Unit& unit, const Words& words, const fs::path& wanted) {
  Language forced = Language::kUnknown;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "-x" && i + 1 < words.size()) {
      forced = language_of_option(words[++i]);
    } else if (word.starts_with("-x") && word.size() > 2) {
      forced = language_of_option(string_view(word).substr(2));
    } else if (takes_next_word(word) && i + 1 < words.size()) {
      unit.flags.push_back(word);
      unit.flags.push_back(words[++i]);
    } else if (!word.starts_with("-") && (unit.directory / word).lexically_normal() == wanted) {
      unit.source = word;
      unit.language = forced;
    } else if (word != "--") {
      unit.flags.push_back(word);
    }
  }
  if (unit.source.empty()) unit.source = unit.database_file;
  if (unit.language == Language::kUnknown) unit.language = language_of_source(unit.source);
  const std::string driver = fs::path(unit.driver).filename().string();
  if (unit.language == Language::kC && driver.find("++") != std::string::npos) unit.language = Language::kCxx;
}

std::string digest_of(const CompileCommand& command) {
  std::string text = command.directory.string();
  for (const std::string& word : command.arguments) text.append(1, '\0').append(word);
  return report::sha256_hex(text);
}

}  // namespace

bool is_known_driver(string_view path) {
  std::string name = fs::path(path).filename().string();
  if (const size_t dash = name.rfind('-');
      dash != std::string::npos && dash + 1 < name.size() && is_version(string_view(name).substr(dash + 1)))
    name.resize(dash);
  if (const size_t dash = name.rfind('-'); dash != std::string::npos) name.erase(0, dash + 1);
  return contains(kDrivers, name);
}

Language language_of_source(string_view name) {
  static constexpr std::array<string_view, 6> kCxx = {".cc", ".cpp", ".cxx", ".c++", ".C", ".ii"};
  const std::string extension = fs::path(name).extension().string();
  if (extension == ".c" || extension == ".i") return Language::kC;
  if (extension == ".s" || extension == ".S" || extension == ".sx") return Language::kAssembler;
  return contains(kCxx, extension) ? Language::kCxx : Language::kUnknown;
}

report::Result<Unit> prepare_unit(const CompileCommand& command) {
  const Launch launch = read_launchers(command.arguments);
  const size_t skip = launch.words;
  if (skip >= command.arguments.size()) {
    return tl::unexpected(report::Error{fmt::format("{}: the compile command starts no compiler", command.file), ""});
  }
  Unit unit;
  unit.directory = (command.directory / launch.directory).lexically_normal();
  unit.environment = launch.environment;
  unit.database_file = command.file;
  unit.driver = command.arguments[skip];
  unit.command_sha256 = digest_of(command);
  const auto first = command.arguments.begin() + static_cast<Words::difference_type>(skip) + 1;
  auto words = expand_response_files(Words(first, command.arguments.end()), unit.directory);
  if (!words) return tl::unexpected(words.error());
  take_source(unit, decode_preprocessor_words(*words), command.absolute_file());
  return unit;
}

std::string Unit::debug_name() const {
  const PrefixMap map(flags);
  const fs::path name = map.apply(source);
  if (name.is_absolute()) return name.lexically_normal().string();
  return (fs::path(map.apply(directory.string())) / name).lexically_normal().string();
}

}  // namespace proofmark::analyze
