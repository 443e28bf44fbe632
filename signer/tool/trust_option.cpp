// SPDX-License-Identifier: Apache-2.0
//
// See trust_option.h.
#include "trust_option.h"

#include "proofmark/sign/files.h"

namespace proofmark::sign::tool {

void add_trust_options(CLI::App& command, TrustOption& option) {
  command.add_option("--trust", option.store,
                     "trust store of the devices: refuse to sign with a key that may not sign this");
  command
      .add_option(
          "--role", option.role,
          "role in which the keys sign: program, bundle, configuration or recovery (default: by the kind of file)")
      ->check(CLI::IsMember({"program", "bundle", "configuration", "recovery"}).description(""));
}

pm_role chosen_role(const TrustOption& option, pm_kind kind) {
  return role_of(option.role).value_or(role_for(kind));
}

Result<std::set<Digest>> check_may_sign(const TrustOption& option, const Signing& signing,
                                        const std::vector<std::unique_ptr<Signer>>& keys) {
  if (option.store.empty()) return std::set<Digest>{};
  const auto file = read_signed_trust_file(option.store);
  if (!file) return tl::unexpected(file.error());
  for (const auto& key : keys) {
    if (const auto why = objection(file->store, key->public_key(), chosen_role(option, signing.kind), signing.boards,
                                   signing.security_version))
      return refused(signing.file, "not signed: " + *why,
                     "proofmark trust show " + option.store + " lists who may sign what");
  }
  return file->store.revoked_contents;
}

}  // namespace proofmark::sign::tool
