// SPDX-License-Identifier: Apache-2.0
//
// Make-style dependency files, so that a build tool re-runs a check when anything it read has changed.
#pragma once

#include <set>
#include <string>

namespace proofmark::analyze {

// "target: file file ..." with the escapes that Ninja and make understand.
std::string to_depfile(const std::string& target, const std::set<std::string>& files);

}  // namespace proofmark::analyze
