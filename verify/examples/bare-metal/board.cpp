// SPDX-License-Identifier: Apache-2.0
//
// See board.h. The firmware's calls are those of PSCI (Arm DEN0022), which `virt` takes by HVC.
#include "board.h"

namespace proofmark::bare_metal {
namespace {

// PL011 (Arm DDI 0183, section 3.3). QEMU needs no setting up; on a real board the boot ROM, or you, set clock and rate.
constexpr uintptr_t kUartData = kDevices;
constexpr uintptr_t kUartFlags = kDevices + 0x18;
constexpr uint32_t kTransmitFull = 1u << 5;

volatile uint32_t& device_register(uintptr_t address) {
  return *reinterpret_cast<volatile uint32_t*>(address);
}

}  // namespace

void put_console(char character) {
  while ((device_register(kUartFlags) & kTransmitFull) != 0) {
  }
  device_register(kUartData) = static_cast<uint8_t>(character);
}

void power_off() {
  register uint64_t function __asm__("x0") = 0x84000008;  // SYSTEM_OFF
  __asm__ volatile("hvc #0" : "+r"(function) : : "x1", "x2", "x3", "memory");
  for (;;) __asm__ volatile("wfi");
}

}  // namespace proofmark::bare_metal
