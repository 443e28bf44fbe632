// SPDX-License-Identifier: Apache-2.0
//
// Recording; see recorder.h.
#include "compile/recorder.h"

#include <algorithm>
#include <cstdlib>

#include "compile/launcher.h"
#include "compile/link_command.h"
#include "compile/options.h"
#include "compile/unit.h"
#include "report/file.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using std::string_view;

bool is_interpreter(string_view path) {
  return matches_any(fs::path(path).filename().string(), {"sh", "bash", "dash", "ash", "python*", "perl", "busybox"});
}

// Where the compiler or linker is in the words: after launchers and, when it is a script, its interpreter.
size_t find_program(const Words& words) {
  size_t at = read_launchers(words).words;
  if (at + 1 < words.size() && is_interpreter(words[at]) && !words[at + 1].starts_with("-")) ++at;
  return at;
}

// "env CPATH=/x" for what the compiler reads and this process does not have.
Words environment_prefix(const Words& environment) {
  Words prefix;
  for (const std::string& entry : environment) {
    const std::string name = entry.substr(0, entry.find('='));
    const char* own = is_compiler_variable(name) ? std::getenv(name.c_str()) : nullptr;
    if (!is_compiler_variable(name) || (own != nullptr && name + '=' + own == entry)) continue;
    if (prefix.empty()) prefix.emplace_back("env");
    prefix.push_back(entry);
  }
  return prefix;
}

bool only_asks(const Words& words) {
  return std::any_of(words.begin() + 1, words.end(), [](const std::string& word) {
    return matches_any(word, {"-E", "-M", "-MM", "-fsyntax-only", "-###", "--version", "-dumpmachine", "-dumpversion",
                              "-dumpfullversion", "-dumpspecs", "-print-*", "--print-*", "--help*", "-cc1", "-cc1as"});
  });
}

Words sources_of(const Words& words) {
  Words sources;
  bool forced = false;
  for (size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word.starts_with("-x")) {
      const string_view language =
          word == "-x" && i + 1 < words.size() ? string_view(words[++i]) : string_view(word).substr(2);
      forced = language != "none";
    } else if (takes_next_word(word)) {
      ++i;
    } else if (!word.starts_with("-") && (forced || language_of_source(word) != Language::kUnknown)) {
      sources.push_back(word);
    }
  }
  return sources;
}

std::string output_of(const Words& words) {
  for (size_t i = words.size(); i-- > 1;)
    if (words[i] == "-o" && i + 1 < words.size()) return words[i + 1];
  return "";
}

Words joined(const Words& prefix, const Words& words) {
  Words all = prefix;
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

// What is still there; the rest is counted.
json present(const std::map<std::string, json>& entries, const char* key, size_t& gone) {
  json list = json::array();
  for (const auto& [name, entry] : entries) {
    std::error_code error;
    const fs::path file = fs::path(entry["directory"].get<std::string>()) / entry[key].get<std::string>();
    if (fs::exists(file, error)) {
      list.push_back(entry);
    } else {
      ++gone;
    }
  }
  return list;
}

}  // namespace

bool Recorder::take(const Execution& execution) {
  const size_t at = find_program(execution.arguments);
  if (at >= execution.arguments.size()) return false;
  const std::string& program = execution.arguments[at];
  const bool is_driver = is_known_driver(program);
  if (!is_driver && !is_known_linker(program)) return false;
  const auto first = execution.arguments.begin() + static_cast<Words::difference_type>(at);
  // Response files may be gone when the build has ended.
  const auto words = expand_response_files(Words(first, execution.arguments.end()), execution.directory);
  if (!words || only_asks(*words)) return true;
  const Words prefix = environment_prefix(execution.environment);
  if (is_driver) add_units(*words, prefix, execution.directory);
  add_link(*words, prefix, execution.directory);
  return true;
}

void Recorder::add_units(const Words& words, const Words& prefix, const fs::path& directory) {
  const std::string output = output_of(words);
  for (const std::string& source : sources_of(words)) {
    json entry{{"directory", directory.string()}, {"file", source}, {"arguments", joined(prefix, words)}};
    if (!output.empty()) entry["output"] = output;
    units_.insert_or_assign(directory.string() + '\n' + source + '\n' + output, std::move(entry));
  }
}

void Recorder::add_link(const Words& words, const Words& prefix, const fs::path& directory) {
  for (const LinkCommand& link : find_links(words, directory))
    links_.insert_or_assign(link.absolute_target().string(), json{{"directory", directory.string()},
                                                                  {"file", link.target},
                                                                  {"output", link.target},
                                                                  {"arguments", joined(prefix, words)}});
}

report::Result<Recorder::Counts> Recorder::write(const fs::path& directory) const {
  Counts counts;
  const json units = present(units_, "file", counts.gone);
  const json links = present(links_, "output", counts.gone);
  counts.compiled = units.size();
  counts.linked = links.size();
  if (auto done = report::write_file(directory / "compile_commands.json", report::dump_json(units)); !done)
    return tl::unexpected(done.error());
  if (auto done = report::write_file(directory / "link_commands.json", report::dump_json(links)); !done)
    return tl::unexpected(done.error());
  return counts;
}

}  // namespace proofmark::analyze
