// SPDX-License-Identifier: Apache-2.0
//
// Archives and objects that were linked in without debug information, and whether the policy accepts each: a name alone
// proves nothing, so an entry also says where the file must come from or what it must be.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "elf/link_map.h"
#include "report/date.h"
#include "report/evidence.h"
#include "report/policy.h"

namespace proofmark::elf {

struct PrebuiltInput {
  report::Prebuilt entry;
  std::string path;     // as the linker was given it
  std::string refusal;  // why the policy does not accept it; empty when it does
};

struct PrebuiltContext {
  const report::Policy* policy = nullptr;
  std::optional<std::filesystem::path> sysroot;  // the pinned one
  std::filesystem::path map_folder;              // relative paths of the map are tried here, too
  report::Date today{};
};

// One entry per file of the map, sorted by name; two files of one name are two entries.
std::vector<PrebuiltInput> find_prebuilt(const LinkMap& map, const PrebuiltContext& context);

}  // namespace proofmark::elf
