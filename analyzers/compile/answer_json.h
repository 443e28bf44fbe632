// SPDX-License-Identifier: Apache-2.0
//
// The JSON form of what a compiler answered, for the cache on disk and for recorded toolchain files. Both may have been
// written by somebody else, so reading checks every member.
#pragma once

#include <nlohmann/json.hpp>

#include "compile/effective.h"
#include "compile/warning_state.h"

namespace proofmark::analyze {

nlohmann::json to_json(const EffectiveFlags& flags);
report::Result<EffectiveFlags> effective_from_json(const nlohmann::json& json);

nlohmann::json to_json(const WarningLevels& levels);
report::Result<WarningLevels> warnings_from_json(const nlohmann::json& json);

}  // namespace proofmark::analyze
