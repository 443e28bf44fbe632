// SPDX-License-Identifier: Apache-2.0
//
// The --waivers option, the same for every verb that gives a verdict about units.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "report/evidence.h"
#include "report/waivers.h"

namespace proofmark::analyze {

// What an unused waiver means depends on who asks: one unit of many cannot know that nobody needs it.
enum class UnusedWaivers { kReport, kIgnore };

void add_waivers_option(CLI::App& verb, std::vector<std::string>& files);

report::Result<std::vector<report::Waivers>> load_waivers(const std::vector<std::string>& files);

// Marks what these waivers and those of the evidence cover, and appends the findings about the waivers themselves.
void apply_waivers(const std::vector<report::Waivers>& waivers, UnusedWaivers unused, report::Evidence& evidence);

}  // namespace proofmark::analyze
