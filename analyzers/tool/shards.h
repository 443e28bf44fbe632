// SPDX-License-Identifier: Apache-2.0
//
// --shard: a part of the units for each of several machines. Each machine finds its part out alone, from the names,
// commands and sizes of the units, so that nobody needs to hand the parts out. What `check` writes then says which part it is, and
// `merge` takes nothing but the whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compile/database.h"
#include "engine/relocation.h"
#include "report/evidence.h"

namespace proofmark::analyze {

struct Shard {
  unsigned index = 0;               // 1-based
  unsigned count = 0;               // 0: not a shard
  std::string units_sha256;         // of the names, commands and sizes of all units of the build
  std::vector<std::string> broken;  // properties that a unit of this shard lacks; others may just not concern it
};

// "2/4"; nothing asked for is no shard.
report::Result<Shard> parse_shard(const std::string& text);

// Leaves the shard's units in `commands`, in their order, and notes in `shard` of which units it is a part. The parts
// cost about the same, by the sizes of the sources, and are the same wherever the checkout lies.
void take_shard(const Relocation& relocation, Shard& shard, std::vector<CompileCommand>& commands);

// Evidence or layers as a file of this shard: with one more member, which only merge reads.
std::string note_shard(std::string document, const Shard& shard);
report::Result<Shard> read_shard(const std::string& file);

// Nothing is wrong with parts that are no shards. Of shards, each must be there once, and all be of one build.
report::Result<void> check_shards(const std::vector<Shard>& shards);

// What every unit of all shards holds: that some shard holds, and none breaks. `held`: of the shard with the same index.
std::vector<std::string> join_properties(const std::vector<Shard>& shards,
                                         const std::vector<std::vector<std::string>>& held);

}  // namespace proofmark::analyze
