// SPDX-License-Identifier: Apache-2.0
//
// A small firmware that loses each kind of protection in each layer, with names that an attacker chose among its units
// and functions. data/check.layers.json and data/audit.layers.json are the same, for tests of the program.
#pragma once

#include "report/layers.h"

namespace proofmark::test {

report::Layers check_layers();
report::Layers audit_layers();

// As check_layers and audit_layers, but whole: nothing is lost, all is covered.
report::Layers sound_check_layers();
report::Layers sound_audit_layers();

// A protection as a flag rule judges it; `reason` only where the state is not kHeld.
report::UnitProtection canary(report::LayerState state, std::string requested, std::string effective,
                              std::string reason = {});

// The unit or function of that name, for tests that change one thing.
report::UnitLayers& unit(report::Layers& layers, std::string_view name);
report::SourceFunction& source_function(report::Layers& layers, std::string_view symbol);
report::RealisedFunction& realised_function(report::Layers& layers, std::string_view symbol);

}  // namespace proofmark::test
