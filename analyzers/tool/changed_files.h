// SPDX-License-Identifier: Apache-2.0
//
// --changed-since: the files that differ from where the working tree left another revision, told by git.
#pragma once

#include <set>
#include <string>

#include "report/finding.h"

namespace proofmark::analyze {

// Real paths: changed, new and removed ones, committed or not. An error says why it cannot be told, also where a file has
// changed that flags may come from.
report::Result<std::set<std::string>> changed_files(const std::string& directory, const std::string& revision);

}  // namespace proofmark::analyze
