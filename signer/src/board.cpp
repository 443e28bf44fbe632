// SPDX-License-Identifier: Apache-2.0
//
// The two facts of a board that a signature needs: for which machine it is, and by which policy it is judged. A key that
// the board lacks is looked up along "inherits".
#include <fmt/format.h>

#include "board_chain.h"
#include "proofmark/sign/digest.h"
#include "proofmark/sign/evidence.h"
#include "proofmark/sign/files.h"

namespace proofmark::sign {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxInherits = 8;
constexpr std::size_t kMaxPolicySize = 16u << 20;

// Takes what is not set yet; what the board itself says goes before what it inherits.
void take(const nlohmann::json& board, const char* key, std::string& into) {
  const auto found = board.find(key);
  if (into.empty() && found != board.end() && found->is_string()) into = found->get<std::string>();
}

}  // namespace

Result<std::vector<nlohmann::json>> read_board_chain(const fs::path& boards_dir, const std::string& name) {
  const bool is_path = name.ends_with(".json");
  fs::path file = is_path ? fs::path(name) : boards_dir / (name + ".json");
  std::error_code code;
  if (!is_path && !fs::exists(file, code))
    return unknown(name, fmt::format("no such board (expected {})", file.string()),
                   "proofmark board list shows the boards; --boards-dir DIR says where they are");
  std::vector<nlohmann::json> chain;
  while (!file.empty()) {
    if (chain.size() > kMaxInherits)
      return unknown(name, fmt::format("\"inherits\" goes deeper than {} boards, or in a circle", kMaxInherits));
    const auto json = read_json(file, "board");
    if (!json) return tl::unexpected(json.error());
    std::string parent;
    take(*json, "inherits", parent);
    file = parent.empty() ? fs::path() : boards_dir / (parent + ".json");
    chain.push_back(*json);
  }
  return chain;
}

Result<BoardFacts> load_board(const fs::path& boards_dir, const std::string& name) {
  const auto chain = read_board_chain(boards_dir, name);
  if (!chain) return tl::unexpected(chain.error());
  BoardFacts board;
  for (const auto& json : *chain) {
    take(json, "name", board.name);
    take(json, "machine", board.machine);
    take(json, "policy", board.policy);
  }
  if (board.policy.empty()) return unknown(name, "the board names no policy");
  const auto policy = read_text(boards_dir / "policies" / (board.policy + ".json"), kMaxPolicySize);
  if (!policy) return tl::unexpected(policy.error());
  board.policy_digest = sha256({reinterpret_cast<const std::uint8_t*>(policy->data()), policy->size()});
  return board;
}

}  // namespace proofmark::sign
