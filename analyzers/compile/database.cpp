// SPDX-License-Identifier: Apache-2.0
//
// compile_commands.json reader; see database.h. The file is written by the build, so every shape error is reported with
// the entry it is in, and nothing is skipped.
#include "compile/database.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/file.h"

namespace proofmark::analyze {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

report::Error shape_error(const fs::path& file, size_t entry, const char* expected) {
  return {fmt::format("{}: entry {} is malformed (expected {})", file.string(), entry, expected),
          "regenerate it, for instance with cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON"};
}

bool all_strings(const json& array) {
  for (const json& item : array)
    if (!item.is_string()) return false;
  return array.is_array() && !array.empty();
}

report::Result<CompileCommand> read_entry(const fs::path& database, size_t index, const json& entry) {
  if (!entry.is_object()) return tl::unexpected(shape_error(database, index, "an object"));
  const json file = entry.value("file", json());
  const json directory = entry.value("directory", json());
  if (!file.is_string()) return tl::unexpected(shape_error(database, index, "a string \"file\""));
  if (!directory.is_string()) return tl::unexpected(shape_error(database, index, "a string \"directory\""));

  CompileCommand command;
  command.file = file.get<std::string>();
  command.directory = fs::absolute(database.parent_path() / directory.get<std::string>()).lexically_normal();
  const json arguments = entry.value("arguments", json());
  const json line = entry.value("command", json());
  if (arguments.is_array() && all_strings(arguments)) {
    command.arguments = arguments.get<Words>();
  } else if (line.is_string()) {
    command.arguments = split_words(line.get<std::string>());
  }
  if (command.arguments.empty())
    return tl::unexpected(shape_error(database, index, "\"arguments\" of strings, or a non-empty \"command\""));
  return command;
}

}  // namespace

fs::path database_file(const fs::path& build_dir) {
  return fs::is_directory(build_dir) ? build_dir / "compile_commands.json" : build_dir;
}

report::Result<std::vector<CompileCommand>> load_database(const fs::path& build_dir) {
  const fs::path file = database_file(build_dir);
  if (!fs::exists(file)) {
    return tl::unexpected(
        report::Error{fmt::format("{}: no compile commands", file.string()),
                      "configure with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, or run the build under bear"});
  }
  const auto read = report::read_json(file);
  if (!read) return tl::unexpected(read.error());
  const json& document = *read;
  if (!document.is_array()) {
    return tl::unexpected(
        report::Error{fmt::format("{}: not a compile database (expected a JSON array)", file.string()), ""});
  }
  std::vector<CompileCommand> commands;
  for (size_t i = 0; i < document.size(); ++i) {
    auto entry = read_entry(fs::absolute(file), i, document[i]);
    if (!entry) return tl::unexpected(entry.error());
    commands.push_back(std::move(*entry));
  }
  return commands;
}

}  // namespace proofmark::analyze
