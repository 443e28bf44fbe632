// SPDX-License-Identifier: Apache-2.0
//
// What Clang proposes to cure a finding, beside the finding: evidence and reports have no use for it, `check --fix` has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "report/finding.h"

namespace proofmark::analyze {

struct Edit {
  std::string file;     // absolute, as the parse named it
  unsigned offset = 0;  // bytes
  unsigned length = 0;  // bytes that are replaced
  std::string text;     // by these; any bytes
  std::string sha256;   // of the file as the parse saw it

  bool operator==(const Edit&) const = default;
};

struct Fix {
  std::string rule, message;  // with the place: which finding it cures
  report::Location where;
  std::vector<Edit> edits;
  std::string refusal;  // why it cannot be made; empty when it can

  bool operator==(const Fix&) const = default;
};

nlohmann::json fix_to_json(const Fix& fix);
report::Result<Fix> fix_from_json(const nlohmann::json& json, std::string_view origin);

}  // namespace proofmark::analyze
