// SPDX-License-Identifier: Apache-2.0
//
// What the options in GCC's optimize attribute and pragma take away from the functions they hold for. Only options that
// GCC accepts there and that change its code (measured with GCC 12) are known here: "-fcf-protection=none", for one, it
// rejects with a warning.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/source_context.h"

namespace proofmark::analyze {

// The options in arguments such as "O3,no-stack-protector", each without "-" and "-f": "O3", "no-stack-protector".
std::vector<std::string> split_gcc_options(const std::vector<std::string>& arguments);

struct OptionLoss {
  std::string option;  // as GCC would spell it on the command line: "-fno-stack-protector"
  std::string lost;    // "the stack canary"
};

// Those of the options that take back a protection which the command line gives.
std::vector<OptionLoss> lost_by_options(const std::vector<std::string>& options, const EffectiveFlags& effective);

// Whether the options lower the optimisation to nothing: -O0, or -O with no number's worth.
bool stops_optimising(const std::vector<std::string>& options);

// "the stack canary (-fno-stack-protector) and ..."
std::string describe_losses(const std::vector<OptionLoss>& losses);

// The functions between "#pragma GCC optimize(...)" and where push_options, pop_options and reset_options end it.
struct OptionRegion {
  const PragmaFact* pragma = nullptr;
  clang::SourceLocation end;  // invalid: to the end of the unit
  std::vector<std::string> options;
};

// `kind`: "optimize" or "target".
std::vector<OptionRegion> gcc_option_regions(const SourceFacts& facts, std::string_view kind);

bool region_holds(const OptionRegion& region, clang::SourceLocation where, const SourceContext& context);

// "'receive', 'send' and 2 more": the functions with a body that the region holds; empty when there is none.
std::string functions_in(const OptionRegion& region, const SourceContext& context);

// Whether the attribute was given by "#pragma clang attribute push", which GCC ignores.
bool applied_by_pragma(const clang::Attr& attribute, const SourceContext& context);

// Whether something in the source takes the canary from this function under the unit's own compiler.
bool loses_canary(const clang::FunctionDecl& function, const SourceContext& context);

}  // namespace proofmark::analyze
