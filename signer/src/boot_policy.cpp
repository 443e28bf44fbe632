// SPDX-License-Identifier: Apache-2.0
//
// The decisions that proofmark_add_init() compiles in, as one text: the same that verify/linux/init/add_measurement.cmake
// makes, written apart from it; tests/e2e/boot/tpm.sh sees that both agree.
#include <fmt/format.h>

#include "board_chain.h"
#include "proofmark/sign/digest.h"
#include "proofmark/sign/evidence.h"
#include "proofmark/sign/measured_boot.h"

namespace proofmark::sign {
namespace {

using nlohmann::json;

constexpr unsigned kFirstPcr = 8, kLastPcr = 15;

// Looked up along "inherits", like every key of a board; null when no file of the chain has it.
Result<json> boot_section(const BootPolicyRequest& request) {
  if (!request.boot_file.empty()) return read_json(request.boot_file, "\"boot\" section");
  const auto chain = read_board_chain(request.boards_dir, request.board);
  if (!chain) return tl::unexpected(chain.error());
  for (const auto& board : *chain) {
    if (board.contains("boot")) return board.at("boot");
  }
  return json();
}

}  // namespace

Result<BootPolicy> load_boot_policy(const BootPolicyRequest& request) {
  const auto facts = load_board(request.boards_dir, request.board);
  if (!facts) return tl::unexpected(facts.error());
  const auto boot = boot_section(request);
  if (!boot) return tl::unexpected(boot.error());
  if (!boot->is_object()) return unknown(request.board, "the board has no \"boot\" section");
  if (!boot->contains("tpm"))
    return unknown(request.board, "the board measures nothing (expected \"tpm\" in its \"boot\" section)");
  FieldReader reader;
  BootPolicy policy;
  policy.board = facts->name;
  const std::uint64_t pcr = reader.number(reader.object(*boot, "tpm"), "pcr");
  if (pcr < kFirstPcr || pcr > kLastPcr)
    reader.complain(fmt::format("\"pcr\" is not one for operating systems (expected {} to {}, found {})", kFirstPcr,
                                kLastPcr, pcr));
  if (!reader.problem().empty()) return unknown(request.board, "\"boot\": " + reader.problem());
  policy.pcr = static_cast<unsigned>(pcr);
  policy.allow_unproven = boot->contains("unproven") && boot->at("unproven") == "accept";
  // Members of a json object are in the order of their names.
  const json all = {{"board", facts->name},
                    {"boot", *boot},
                    {"minimum_security_version", request.minimum_security_version},
                    {"release", request.release},
                    {"threshold", request.threshold}};
  policy.text = all.dump(-1, ' ', false, json::error_handler_t::replace);
  return policy;
}

std::string policy_event(const BootPolicy& policy) {
  return "policy sha256:" + to_hex(digest_of_event(policy.text));
}

}  // namespace proofmark::sign
