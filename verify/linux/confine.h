// SPDX-License-Identifier: Apache-2.0
//
// The state in which a program starts: what the caller could have left behind is reset, and what the mark does not grant is
// taken away, in the order in which the kernel allows it.
#pragma once

#include <proofmark/verify.h>

namespace proofmark::linux_exec {

// Descriptors 0, 1 and 2 must be open: a file opened in their place would be written to as if it were a terminal. The rest
// is closed.
[[nodiscard]] pm_verdict take_descriptors();

// Signals, file mode mask, limits and personality as a program may expect them. Nothing here can be refused to us.
void reset_process_state();

// No way to gain privileges, unless the manifest leaves it; and of the capabilities those of the manifest, if it names any.
// What the caller does not have is not given.
[[nodiscard]] pm_verdict limit_privileges(const pm_manifest& manifest);

// Only the system calls of the manifest, if it names any. Afterwards only execute() with this program and these arguments is
// allowed besides. Comes last: the list need not have what this program itself calls.
[[nodiscard]] pm_verdict limit_system_calls(const pm_manifest& manifest, int program, char* const* arguments);

}  // namespace proofmark::linux_exec
