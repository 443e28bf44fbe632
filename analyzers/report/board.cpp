// SPDX-License-Identifier: Apache-2.0
//
// Board files: a small delta over what they inherit.
#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

#include "report/boards.h"
#include "report/file.h"
#include "report/policy.h"

namespace proofmark::report {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr std::size_t kMaxInheritance = 8;  // vendor -> soc -> arch needs three; more is a loop
const json kNull;

// Names of the files of a folder, the schema excepted, sorted.
std::vector<std::string> names_in(const fs::path& dir) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(dir, ignored)) {
    const fs::path& file = entry.path();
    if (file.extension() == ".json" && file.stem() != "schema") names.push_back(file.stem().string());
  }
  std::ranges::sort(names);
  return names;
}

// For the hint when a name does not exist; `kind` is "boards" or "policies".
std::string known_names(std::string_view kind, const fs::path& dir) {
  const std::vector<std::string> names = names_in(dir);
  if (names.empty()) return fmt::format("no {} in {}; name the folder of boards with --boards-dir", kind, dir.string());
  return fmt::format("known {}: {}", kind, fmt::join(names, ", "));
}

// A board name goes into a path: anything but a plain relative name could leave the boards folder.
bool is_plain_name(std::string_view name) {
  return !name.empty() && name.find("..") == std::string_view::npos && name.front() != '/' &&
         std::ranges::all_of(name, [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.' || c == '/';
         });
}

// Merges the chain that starts at `file`; nearer files win.
Result<json> merge_chain(const fs::path& dir, fs::path file) {
  json merged = json::object();
  for (std::size_t depth = 0; depth < kMaxInheritance; ++depth) {
    auto level = read_json(file);
    if (!level) return level;
    if (!level->is_object()) {
      return tl::unexpected(Error{fmt::format("{}: not a board (expected a JSON object)", file.string()), {}});
    }
    for (const auto& item : level->items()) {
      if (!merged.contains(item.key())) merged[item.key()] = item.value();
    }
    const auto parent = level->find("inherits");
    if (parent == level->end()) return merged;
    if (!parent->is_string() || !is_plain_name(parent->get_ref<const std::string&>())) {
      return tl::unexpected(Error{
          fmt::format("{}: \"inherits\" is not a board name (found {})", file.string(), describe_json(*parent)), {}});
    }
    file = dir / (parent->get<std::string>() + ".json");
  }
  return tl::unexpected(Error{
      fmt::format("{}: \"inherits\" chain is longer than {} files or runs in a circle", file.string(), kMaxInheritance),
      {}});
}

}  // namespace

Result<Board> Board::load(const fs::path& boards_dir, std::string_view name) {
  std::error_code ignored;
  fs::path file(name);
  Board board;
  board.boards_dir_ = boards_dir;
  if (file.extension() != ".json") {
    file = boards_dir / fmt::format("{}.json", name);
    if (!is_plain_name(name) || !fs::exists(file, ignored)) {
      return tl::unexpected(
          Error{fmt::format("{}: unknown board (no file {})", name, file.string()), known_names("boards", boards_dir)});
    }
  }
  auto merged = merge_chain(boards_dir, file);
  if (!merged) return tl::unexpected(merged.error());
  for (const char* key : {"name", "architecture", "machine", "triple", "policy"}) {
    if (auto value = required_string(*merged, key, file.string()); !value) return tl::unexpected(value.error());
  }
  if (!is_plain_name((*merged)["policy"].get_ref<const std::string&>())) {
    return tl::unexpected(Error{fmt::format("{}: \"policy\" is not a policy name", file.string()), {}});
  }
  board.name_ = (*merged)["name"].get<std::string>();
  board.merged_ = std::move(*merged);
  return board;
}

const json& Board::get(std::string_view key) const {
  const auto found = merged_.find(std::string(key));
  return found == merged_.end() ? kNull : *found;
}

fs::path Board::policy_file() const {
  return boards_dir_ / "policies" / (get("policy").get<std::string>() + ".json");
}

Result<fs::path> find_policy(const fs::path& boards_dir, std::string_view name) {
  if (fs::path(name).extension() == ".json") return fs::path(name);
  const fs::path folder = boards_dir / "policies";
  const fs::path file = folder / fmt::format("{}.json", name);
  std::error_code ignored;
  if (is_plain_name(name) && fs::exists(file, ignored)) return file;
  return tl::unexpected(
      Error{fmt::format("{}: unknown policy (no file {})", name, file.string()), known_names("policies", folder)});
}

std::vector<std::string> board_names(const fs::path& boards_dir) {
  return names_in(boards_dir);
}

std::vector<std::string> policy_names(const fs::path& boards_dir) {
  return names_in(boards_dir / "policies");
}

fs::path default_boards_dir() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return (program.parent_path() / ".." / "share" / "proofmark" / "boards").lexically_normal();
}

}  // namespace proofmark::report
