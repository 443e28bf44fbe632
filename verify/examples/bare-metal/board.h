// SPDX-License-Identifier: Apache-2.0
//
// Everything that is particular to the board, here QEMU's `virt` for arm64: where its memory and its devices lie. A port to
// another board is another version of this file, of board.cpp and of the addresses in the two linker scripts.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace proofmark::bare_metal {

// The image is kept in the second bank of NOR flash: its length in 8 bytes, little endian, then from kImageOffset on the
// signed file. Nothing of this is trusted.
inline constexpr uintptr_t kFlash = 0x04000000;
inline constexpr size_t kFlashSize = 64 << 20;
inline constexpr size_t kImageOffset = 4096;

// The program runs in these two, 2 MiB each (program.ld): what it executes and reads only, what it writes.
inline constexpr uintptr_t kCode = 0x40200000;
inline constexpr uintptr_t kData = 0x40400000;

// The image is copied to here while it is verified, and started here (payload.ld).
inline constexpr uintptr_t kPayload = 0x44000000;
inline constexpr size_t kPayloadRoom = 32 << 20;

// The serial port, a PL011, lies in the 2 MiB of devices from here on.
inline constexpr uintptr_t kDevices = 0x09000000;

// Writes one character to the console.
void put_console(char character);

// Turns the machine off. On a device: reset, or try what else is there; never start what was refused.
[[noreturn]] void power_off();

}  // namespace proofmark::bare_metal
