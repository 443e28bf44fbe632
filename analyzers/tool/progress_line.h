// SPDX-License-Identifier: Apache-2.0
//
// What a terminal shows while units are analysed.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "engine/unit_runs.h"

namespace proofmark::analyze {

// "[3/20] units analysed, 1 min 10 s left". How long is only said once enough has been done to tell.
std::string progress_line(const Progress& progress, std::chrono::seconds elapsed);

// Shows it on standard error; empty when that is no terminal.
std::function<void(const Progress&)> terminal_progress();

}  // namespace proofmark::analyze
