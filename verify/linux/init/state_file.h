// SPDX-License-Identifier: Apache-2.0
//
// The record of boot_state.h on a real medium: a partition without a file system, or a file that has its full size.
#pragma once

#include "boot_state.h"

namespace proofmark::linux_init {

struct StateFile {
  int descriptor = -1;
};

// Returns false when it cannot be opened for reading and writing. It stays open, and locked against other programs like this
// one, until the process ends or executes another program.
[[nodiscard]] bool open_state_file(const char* path, StateFile* file);
// `file` is kept.
[[nodiscard]] StateIo io_of(StateFile* file);

}  // namespace proofmark::linux_init
