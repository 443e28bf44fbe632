// SPDX-License-Identifier: Apache-2.0
//
// Little-endian fields and the address arithmetic of instructions.
#pragma once

#include <cstdint>

namespace proofmark::elf {

inline std::uint32_t little32(const char* at) {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < 4; ++i) value |= std::uint32_t{static_cast<unsigned char>(at[i])} << (8 * i);
  return value;
}

inline std::uint64_t little64(const char* at) {
  return std::uint64_t{little32(at)} | std::uint64_t{little32(at + 4)} << 32U;
}

// Sign-extends the low `bits` of `value`.
inline std::uint64_t sign_extend(std::uint64_t value, unsigned bits) {
  const std::uint64_t sign = std::uint64_t{1} << (bits - 1);
  value &= (sign << 1U) - 1;
  return (value ^ sign) - sign;
}

// The page that ADRP at `address` names (Arm ARM C6.2.12).
inline std::uint64_t arm64_page(std::uint32_t adrp, std::uint64_t address) {
  const std::uint64_t pages = (adrp >> 29U & 3U) | (adrp >> 3U & 0x1FFFFCU);
  return (address & ~std::uint64_t{0xFFF}) + (sign_extend(pages, 21) << 12U);
}

}  // namespace proofmark::elf
