// SPDX-License-Identifier: Apache-2.0
//
// How many units this machine can analyse at once. A unit needs a core, and up to 600 MiB: two of them on a machine that
// has memory for one are slower than one after the other, or are killed.
#pragma once

#include <cstdint>

namespace proofmark::analyze {

// At least one.
unsigned jobs_for(unsigned cores, std::uint64_t available_bytes);

// For this process: the cores that it may use, and the memory that is left, in the machine and in its control group.
unsigned automatic_jobs();

}  // namespace proofmark::analyze
