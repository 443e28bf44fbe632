// SPDX-License-Identifier: Apache-2.0
//
// Board files: a small delta over what they inherit.
#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

#include "report/file.h"
#include "report/policy.h"

namespace proofmark::report {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr std::size_t kMaxInheritance = 8;  // vendor -> soc -> arch needs three; more is a loop
const json kNull;

// Names that exist, for the hint when one does not.
std::string known_boards(const fs::path& dir) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(dir, ignored)) {
    const fs::path& file = entry.path();
    if (file.extension() == ".json" && file.stem() != "schema") names.push_back(file.stem().string());
  }
  if (names.empty()) return fmt::format("no boards in {}; name their folder with --boards-dir", dir.string());
  std::ranges::sort(names);
  return fmt::format("known boards: {}", fmt::join(names, ", "));
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
      return tl::unexpected(
          Error{fmt::format("{}: \"inherits\" is not a board name (found {})", file.string(), parent->dump()), {}});
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
          Error{fmt::format("{}: unknown board (no file {})", name, file.string()), known_boards(boards_dir)});
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

fs::path default_boards_dir() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return (program.parent_path() / ".." / "share" / "proofmark" / "boards").lexically_normal();
}

}  // namespace proofmark::report
