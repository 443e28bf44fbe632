// SPDX-License-Identifier: Apache-2.0
//
// Reads .eh_frame (LSB Core 5.0, 10.6.1): in a stripped file it is what still tells where functions begin and end. Only
// the encodings that GCC and Clang write for these machines are known; an entry with another one is left out.
#include <algorithm>

#include <fmt/format.h>

#include "elf/bytes.h"
#include "elf/symbols.h"

namespace proofmark::elf {
namespace {

constexpr std::size_t kMaxEntries = 2'000'000;
constexpr GElf_Xword kMaxFunctionBytes = 16U << 20U;
constexpr unsigned char kAbsolute8 = 0x00, kRelative4 = 0x1B, kRelative8 = 0x1C;
constexpr unsigned char kUnknown = 0xFF;

// The pointer encoding of a common entry: the byte behind 'R' of its augmentation.
unsigned char encoding_of(std::string_view common) {
  if (common.size() < 10 || common[0] != 1) return kUnknown;  // version
  const std::size_t end = common.find('\0', 1);
  if (end == std::string_view::npos) return kUnknown;
  const std::string_view letters = common.substr(1, end - 1);
  if (letters.empty()) return kAbsolute8;
  if (letters.front() != 'z') return kUnknown;
  std::size_t at = end + 1;
  for (int number = 0; number < 4; ++number) {  // alignments, return register, length: LEB128
    while (at < common.size() && (static_cast<unsigned char>(common[at]) & 0x80U) != 0) ++at;
    ++at;
  }
  for (const char letter : letters.substr(1)) {
    if (at >= common.size()) return kUnknown;
    const auto value = static_cast<unsigned char>(common[at]);
    if (letter == 'R') return value;
    if (letter == 'L') at += 1;
    if (letter == 'P') at += (value & 0x0FU) == 0x0B || (value & 0x0FU) == 0x03 ? 5 : 9;
  }
  return kAbsolute8;
}

bool range_of(std::string_view entry, GElf_Addr address, unsigned char encoding, FunctionSymbol& function) {
  if (encoding == kRelative4 && entry.size() >= 8) {
    function.address = address + sign_extend(little32(entry.data()), 32);
    function.size = little32(entry.data() + 4);
    return true;
  }
  if ((encoding != kAbsolute8 && encoding != kRelative8) || entry.size() < 16) return false;
  function.address = little64(entry.data()) + (encoding == kRelative8 ? address : 0);
  function.size = little64(entry.data() + 8);
  return true;
}

}  // namespace

std::vector<FunctionSymbol> functions_of_unwind_table(const ElfFile& file) {
  std::vector<FunctionSymbol> functions;
  const Section* const section = file.section(".eh_frame");
  if (section == nullptr || file.link() == LinkType::kRelocatable) return functions;
  const std::string_view table = file.at_address(section->header.sh_addr, section->header.sh_size);
  std::size_t at = 0;
  while (at + 8 <= table.size() && functions.size() < kMaxEntries) {
    const std::uint32_t length = little32(&table[at]);
    if (length == 0) {
      at += 4;  // start files end the table in its middle
      continue;
    }
    if (length > table.size() - at - 4 || length < 4) break;  // 64-bit lengths are not written for these machines
    const std::string_view entry = table.substr(at + 4, length);
    const std::uint32_t back = little32(entry.data());
    if (back != 0 && back <= at + 4) {
      const std::size_t common = at + 4 - back;
      FunctionSymbol function;
      const bool known = common + 8 <= table.size() && little32(&table[common]) <= table.size() - common - 4 &&
                         little32(&table[common]) >= 4;
      const unsigned char encoding =
          known ? encoding_of(table.substr(common + 8, little32(&table[common]) - 4)) : kUnknown;
      if (range_of(entry.substr(4), section->header.sh_addr + at + 8, encoding, function) &&
          function.size <= kMaxFunctionBytes && !file.at_address(function.address, function.size).empty()) {
        function.name = fmt::format("sub_{:x}", function.address);
        function.named = false;
        functions.push_back(std::move(function));
      }
    }
    at += 4 + std::size_t{length};
  }
  std::ranges::sort(functions, {}, &FunctionSymbol::address);
  const auto repeated = std::ranges::unique(functions, {}, &FunctionSymbol::address);
  functions.erase(repeated.begin(), repeated.end());
  return functions;
}

}  // namespace proofmark::elf
