// SPDX-License-Identifier: Apache-2.0
//
// The record of boot_state.h on a real medium: a partition without a file system, or a file that has its full size.
#pragma once

#include "boot_state.h"

namespace proofmark::linux_init {

struct StateFile {
  int descriptor = -1;
};

// Returns false when it cannot be opened for reading and writing. It stays open until close_state_file(), or until the next
// program is executed.
[[nodiscard]] bool open_state_file(const char* path, StateFile* file);
void close_state_file(StateFile* file);
// `file` is kept.
[[nodiscard]] StateIo io_of(StateFile* file);

}  // namespace proofmark::linux_init
