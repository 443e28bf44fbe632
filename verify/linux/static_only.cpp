// SPDX-License-Identifier: Apache-2.0
//
// loading.h for a launcher of static programs: the kernel would load and start the file named by PT_INTERP before the
// program, and nobody has checked that file.
#include "loading.h"

namespace proofmark::linux_exec {

pm_verdict prepare_dynamic(const ElfFile&, const Accepted&, char**, Start*) {
  return PM_REFUSED_EXEC_INTERPRETER;
}

const char* loading_text(pm_verdict verdict) {
  return pm_file_verdict_text(verdict);
}

}  // namespace proofmark::linux_exec
