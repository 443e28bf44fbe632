// SPDX-License-Identifier: Apache-2.0
//
// Whether files are still what manifests say. Each file is hashed, and each line judged, once in a run, however many
// units share it; always by content, because a checkout gives new times to old files.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/relocation.h"
#include "engine/unit_reads.h"

namespace proofmark::analyze {

class FileStates {
 public:
  explicit FileStates(const Relocation& relocation) : relocation_(relocation) {}

  // True when each line of the set is as it was; false also for a set that is none.
  bool holds(std::string_view set);

 private:
  // Look-up by a view, so that what is known costs no copy.
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  template <class Value>
  using Known = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

  bool line_holds(std::string_view line);
  bool is_so(const ReadLine& read);
  const std::string& digest_of(const std::string& path);

  const Relocation& relocation_;
  Known<bool> lines_;
  Known<std::string> digests_;  // empty: cannot be read
};

}  // namespace proofmark::analyze
