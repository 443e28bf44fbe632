// SPDX-License-Identifier: Apache-2.0
//
// --trust STORE and --role of the verbs that sign: a signature that no device would count is not made.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "proofmark/sign/trust_store.h"

namespace proofmark::sign::tool {

struct TrustOption {
  std::string store, role;
};

void add_trust_options(CLI::App& command, TrustOption& option);

// The role that was named, or that of the kind.
pm_role chosen_role(const TrustOption& option, pm_kind kind);

// What is about to be signed, as far as a store has a say in it.
struct Signing {
  std::string file;
  pm_kind kind = PM_KIND_DATA;
  std::vector<std::string> boards;
  std::uint32_t security_version = 0;
};

// Refuses with the first key that may not sign this; without a store everything may. What it gives are the digests of the contents
// that nobody may sign any more.
Result<std::set<Digest>> check_may_sign(const TrustOption& option, const Signing& signing,
                                        const std::vector<std::unique_ptr<Signer>>& keys);

}  // namespace proofmark::sign::tool
