// SPDX-License-Identifier: Apache-2.0
//
// What the verifier asks of a board besides memory functions and the stack guard: which instructions the CPU has. Without a
// kernel that would say so, the CPU is asked itself (Arm ARM D24.2.61, ID_AA64ISAR0_EL1).
#include <proofmark/port.h>

uint64_t pm_port_hwcap() {
  constexpr uint64_t kHwcapSha2 = 1 << 6;
  uint64_t features = 0;
  __asm__("mrs %0, id_aa64isar0_el1" : "=r"(features));
  return (features >> 12 & 15) != 0 ? kHwcapSha2 : 0;
}
