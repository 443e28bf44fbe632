// SPDX-License-Identifier: Apache-2.0
//
// The list of what was measured, for whoever wants to know why a PCR has its value: a file in the TCG's crypto-agile format
// (PC Client Platform Firmware Profile, section 10), as tools for firmware logs read it. It needs no protection, because it
// is worth nothing unless it adds up to the PCR.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace proofmark::linux_init {

// Makes the file with the log's header, in `directory`. Returns its descriptor, or -errno.
[[nodiscard]] long create_event_log(const char* path, const char* directory);

// False when it could not be written.
[[nodiscard]] bool write_event(int log, unsigned pcr, const uint8_t digest[32], const char* text, size_t size);

}  // namespace proofmark::linux_init
