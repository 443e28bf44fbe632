// SPDX-License-Identifier: Apache-2.0
//
// The character device of a TPM: a command goes in by one write, its answer comes out by one read.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace proofmark::linux_init {

// The descriptor, or -errno. The device is opened so that no write to it waits.
[[nodiscard]] long open_tpm(const char* path);

// Hands `command` to the TPM and waits at most `timeout_ms` for the answer. Returns its size, never above `room`, or
// -errno: -ETIMEDOUT when there was none.
[[nodiscard]] long exchange(int descriptor, const uint8_t* command, size_t size, uint8_t* answer, size_t room,
                            unsigned timeout_ms);

}  // namespace proofmark::linux_init
