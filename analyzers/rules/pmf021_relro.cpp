// SPDX-License-Identifier: Apache-2.0
//
// PMF021: pointers that the loader fills in once stay writable without RELRO, and are what an attacker overwrites. The last
// of relro and norelro counts, and -N undoes it wherever it stands.
#include "rules/link_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const LinkInput& in) {
  if (in.effective.output == LinkOutput::kRelocatable) return FlagVerdict::not_applicable("a partial link");
  const FlagView view{find_request(in.requested, {"-z relro"}, {"-z norelro", "-N", "--omagic"}),
                      in.effective.relro ? "RELRO" : "no RELRO"};
  return in.effective.relro ? view.held() : view.broken("link with -Wl,-z,relro, after any -z norelro");
}

}  // namespace

constinit const LinkRule kPmf021Relro = {
    {"PMF021", "link-relro", "Tables that are written only at start-up are made read-only (-z relro).",
     report::Level::kMust, 693},
    check,
    "relro"};

}  // namespace proofmark::analyze
