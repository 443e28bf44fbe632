// SPDX-License-Identifier: Apache-2.0
//
// The verbs of proofmark-analyze. Each adds its arguments to the command line and returns what to run.
#pragma once

#include <functional>

#include <CLI/CLI.hpp>

#include "report/report.h"

namespace proofmark::analyze {

using Action = std::function<report::ExitCode()>;

Action add_check(CLI::App& verb);
Action add_record(CLI::App& verb);
Action add_merge(CLI::App& verb);
Action add_matrix(CLI::App& verb);
Action add_policy(CLI::App& verb);
Action add_rules(CLI::App& verb);
Action add_explain(CLI::App& verb);
Action add_cache(CLI::App& verb);

}  // namespace proofmark::analyze
