// SPDX-License-Identifier: Apache-2.0
//
// What decides, apart from the content of files, what the analysis of a unit finds: this program, Clang, the policy as it
// is for the unit, and the unit's flags as its compiler understands them. Equal keys mean equal results on equal files,
// whichever board asks.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "compile/effective.h"
#include "engine/relocation.h"
#include "engine/unit_result.h"

namespace proofmark::analyze {

class UnitKeys {
 public:
  // `gcc_diagnostics`: what a GCC finds itself is part of the result.
  UnitKeys(const ParseSettings& settings, const Relocation& relocation, bool gcc_diagnostics);

  // Lower-case hex, 64 digits.
  std::string key(const Unit& unit, const std::shared_ptr<const EffectiveFlags>& effective);

 private:
  const std::string& digest_of(const EffectiveFlags& effective);
  const std::string& digest_of(const report::PolicyContext& context);

  const ParseSettings& settings_;
  const Relocation& relocation_;
  bool gcc_diagnostics_;
  std::string run_;                               // what is the same for every unit of the run
  std::map<const void*, std::string> effective_;  // by address: the resolver hands one object to all with equal flags
  std::map<std::string, std::string> policies_;   // by context
};

}  // namespace proofmark::analyze
