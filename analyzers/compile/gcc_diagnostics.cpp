// SPDX-License-Identifier: Apache-2.0
//
// GCC's diagnostics; see gcc_diagnostics.h.
#include "compile/gcc_diagnostics.h"

#include <algorithm>
#include <limits>

#include <nlohmann/json.hpp>

#include "compile/options.h"
#include "compile/question.h"

namespace proofmark::analyze {
namespace {

using nlohmann::json;
using std::string_view;

constexpr int kCompactJsonChoice = 14;  // the first GCC that spreads its JSON over lines unless told not to
constexpr size_t kMaxSteps = 200;       // of one path; the analyzer's may have thousands
constexpr size_t kMaxDiagnostics = 10'000;

// Warnings are chosen by the caller, and neither -w nor -Werror of the unit has a say. The rest would write files.
bool is_left_out(string_view word) {
  return is_output_or_plugin(word) ||
         matches_any(word, {"-w", "-W*", "-pedantic*", "-flto*", "-fno-lto", "-ffat-lto-objects", "-fstack-usage",
                            "-fcallgraph-info*", "-ftest-coverage", "-fno-diagnostics*", "-fno-analyzer"});
}

const json* member(const json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

// Without control characters: it is shown on terminals, in lines of their own.
std::string text_of(const json& object, const char* key) {
  const json* value = member(object, key);
  if (value == nullptr || !value->is_string()) return "";
  auto text = value->get<std::string>();
  std::ranges::replace_if(text, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }, ' ');
  return text;
}

unsigned number_of(const json& object, const char* key) {
  const json* value = member(object, key);
  if (value == nullptr || !value->is_number_unsigned()) return 0;
  const auto number = value->get<std::uint64_t>();
  return number <= std::numeric_limits<int>::max() ? static_cast<unsigned>(number) : 0;
}

report::Location place_of(const json& place, const std::filesystem::path& directory) {
  report::Location where;
  const std::string file = text_of(place, "file");
  if (file.empty() || file.front() == '<') return where;  // "<built-in>"
  where.file = (directory / file).lexically_normal().string();
  where.line = number_of(place, "line");
  where.column = number_of(place, "byte-column");
  if (where.column == 0) where.column = number_of(place, "column");  // GCC 9 and 10
  return where;
}

report::Location first_place(const json& diagnostic, const std::filesystem::path& directory) {
  const json* places = member(diagnostic, "locations");
  if (places == nullptr || !places->is_array() || places->empty()) return {};
  const json* caret = member((*places)[0], "caret");
  return caret == nullptr ? report::Location() : place_of(*caret, directory);
}

// "-Werror=format-overflow=" and "-Wformat-overflow=1" are both "-Wformat-overflow".
std::string plain_option(std::string option) {
  constexpr string_view kError = "-Werror=";
  if (option.starts_with(kError)) option = "-W" + option.substr(kError.size());
  return option.substr(0, option.find('='));
}

std::vector<report::PathStep> path_of(const json& diagnostic, const std::filesystem::path& directory) {
  std::vector<report::PathStep> path;
  const json* events = member(diagnostic, "path");
  if (events == nullptr || !events->is_array()) return path;
  // The end of a path says most.
  const size_t first = events->size() > kMaxSteps ? events->size() - kMaxSteps : 0;
  for (size_t i = first; i < events->size(); ++i) {
    const json& event = (*events)[i];
    const json* place = member(event, "location");
    path.push_back(
        {place == nullptr ? report::Location() : place_of(*place, directory), text_of(event, "description")});
  }
  std::erase_if(path, [](const report::PathStep& step) { return step.where.file.empty(); });
  return path;
}

GccDiagnostic diagnostic_of(const json& one, const std::string& kind, const std::filesystem::path& directory) {
  GccDiagnostic diagnostic;
  diagnostic.is_error = kind == "error" || kind == "fatal error" || kind == "internal compiler error";
  diagnostic.option = plain_option(text_of(one, "option"));
  diagnostic.message = text_of(one, "message");
  if (const json* metadata = member(one, "metadata")) diagnostic.cwe = static_cast<int>(number_of(*metadata, "cwe"));
  diagnostic.where = first_place(one, directory);
  diagnostic.path = path_of(one, directory);
  return diagnostic;
}

// Notes stand behind what they belong to, or are its children.
void append_note(const json& note, const std::filesystem::path& directory, std::vector<GccDiagnostic>& into) {
  if (into.empty() || into.back().path.size() >= kMaxSteps) return;
  report::PathStep step{first_place(note, directory), text_of(note, "message")};
  if (!step.where.file.empty()) into.back().path.push_back(std::move(step));
}

void append_array(const json& array, const std::filesystem::path& directory, std::vector<GccDiagnostic>& into) {
  for (const json& one : array) {
    if (into.size() >= kMaxDiagnostics) return;
    const std::string kind = text_of(one, "kind");
    if (kind == "note") {
      append_note(one, directory, into);
      continue;
    }
    into.push_back(diagnostic_of(one, kind, directory));
    const json* children = member(one, "children");
    if (children == nullptr || !children->is_array()) continue;
    for (const json& child : *children) append_note(child, directory, into);
  }
}

}  // namespace

Words gcc_diagnostics_command(const Unit& unit, const EffectiveFlags& effective, const Words& asked) {
  Words argv{unit.driver};
  for (size_t i = 0; i < unit.flags.size(); ++i) {
    const std::string& word = unit.flags[i];
    const bool separate = takes_next_word(word) && i + 1 < unit.flags.size();
    if (!is_left_out(word) || word.starts_with("-Wp,")) {
      argv.push_back(word);
      if (separate) argv.push_back(unit.flags[i + 1]);
    }
    if (separate) ++i;
  }
  argv.emplace_back("-U_FORTIFY_SOURCE");
  if (effective.has_macro("_FORTIFY_SOURCE")) argv.emplace_back("-D_FORTIFY_SOURCE=0");
  argv.insert(argv.end(), asked.begin(), asked.end());
  // A wrapper or a spec file may ask for -Werror, too.
  for (const char* word : {"-Wno-error", "-Wno-fatal-errors", "-fno-lto", "-fdiagnostics-format=json"})
    argv.emplace_back(word);
  if (effective.compiler.major >= kCompactJsonChoice) argv.emplace_back("-fno-diagnostics-json-formatting");
  for (const char* word : {"-S", "-o", "/dev/null", "-x", language_name(unit.language)}) argv.emplace_back(word);
  argv.push_back(unit.source);
  return argv;
}

report::Result<std::vector<GccDiagnostic>> read_gcc_diagnostics(string_view text,
                                                                const std::filesystem::path& directory) {
  std::vector<GccDiagnostic> diagnostics;
  bool found = false;
  // The compiler proper and its driver may each write an array, and wrappers write lines of their own.
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    if (!line.starts_with('[')) continue;
    const json array = json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!array.is_array()) return tl::unexpected(report::Error{"what it says is no JSON", ""});
    found = true;
    append_array(array, directory, diagnostics);
  }
  if (!found) return tl::unexpected(report::Error{"it says nothing that is JSON", ""});
  return diagnostics;
}

}  // namespace proofmark::analyze
