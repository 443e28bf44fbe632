// SPDX-License-Identifier: Apache-2.0
//
// arm64: every instruction is one word, so masks suffice (Arm ARM DDI 0487, C4.1 and C6.2). The prologues are those of
// GCC and Clang as measured in tests/e2e/audit/functions.sh.
#include <array>
#include <optional>

#include "elf/bytes.h"
#include "elf/code_facts.h"

namespace proofmark::elf {
namespace {

constexpr unsigned kSp = 31, kFramePointer = 29, kLink = 30;
constexpr std::uint32_t kPaciasp = 0xD503233F, kPacibsp = 0xD503237F, kBtiC = 0xD503245F, kBtiJc = 0xD50324DF;
constexpr std::uint32_t kAutiasp = 0xD50323BF, kAutibsp = 0xD50323FF;
constexpr std::uint32_t kRet = 0xD65F03C0, kRetaa = 0xD65F0BFF, kRetab = 0xD65F0FFF;
constexpr unsigned kProbeDistance = 2;  // instructions between a step of the stack pointer and its probe

constexpr unsigned rd(std::uint32_t word) {
  return word & 31U;
}
constexpr unsigned rn(std::uint32_t word) {
  return word >> 5U & 31U;
}
constexpr unsigned rm(std::uint32_t word) {
  return word >> 16U & 31U;
}
constexpr bool is(std::uint32_t word, std::uint32_t mask, std::uint32_t value) {
  return (word & mask) == value;
}

// State of one function's scan.
class Scan {
 public:
  Scan(GElf_Addr address, std::string_view code, CodeFacts& facts) : address_(address), code_(code), facts_(facts) {}

  // Everything but calls and features.
  void step(std::size_t at) {
    const std::uint32_t word = word_at(at);
    ++since_step_;
    note_returns(word);
    note_saves(word);
    note_stack(word, at);
    note_guard(word, at);
    note_failed_comparison(word, at);
  }

  void finish() {
    end_step();
    facts_.guard_above_return = guard_above_ && facts_.dynamic_frame;
  }

 private:
  std::uint32_t word_at(std::size_t at) const { return at + 4 <= code_.size() ? little32(&code_[at]) : 0; }

  void note_returns(std::uint32_t word) {
    const bool checked = word == kRetaa || word == kRetab;
    if (word == kRet || checked) facts_.returns = true;
    if (checked || word == kAutiasp || word == kAutibsp) facts_.checks_return_address = true;
    if (word == kPaciasp || word == kPacibsp) facts_.signs_return_address = true;
  }

  // STP and STR, LDP and LDR of x30 with the stack pointer, in all their forms; bit 22 tells loads.
  void note_saves(std::uint32_t word) {
    if (rn(word) != kSp) return;
    const bool pair = is(word, 0xFE000000, 0xA8000000) && (rd(word) == kLink || (word >> 10U & 31U) == kLink);
    const bool single = (is(word, 0xFF800000, 0xF9000000) || is(word, 0xFFA00000, 0xF8000000)) && rd(word) == kLink;
    if (!pair && !single) return;
    if ((word & 0x400000U) != 0) {
      facts_.loads_return_address = true;
    } else {
      facts_.saves_return_address = true;
    }
  }

  // Follows what the stack pointer loses at once, and probes: stores of zero and loads to nowhere just behind it.
  void note_stack(std::uint32_t word, std::size_t at) {
    if (is(word, 0xFFE0FC1F, 0xD2800000) || is(word, 0xFF800000, 0xD2800000)) {  // MOVZ
      constant_[rd(word)] = std::uint64_t{word >> 5U & 0xFFFFU} << (16 * (word >> 21U & 3U));
    } else if (is(word, 0xFF800000, 0xF2800000)) {  // MOVK
      auto& value = constant_[rd(word)];
      const unsigned shift = 16 * (word >> 21U & 3U);
      if (value) value = (*value & ~(std::uint64_t{0xFFFF} << shift)) | std::uint64_t{word >> 5U & 0xFFFFU} << shift;
    } else if (is(word, 0xFF8003FF, 0xD10003FF)) {  // SUB SP, SP, #
      begin_step(std::uint64_t{word >> 10U & 0xFFFU} << ((word & 0x400000U) != 0 ? 12U : 0U), at);
    } else if (is(word, 0xFFE003FF, 0xCB2003FF)) {  // SUB SP, SP, Xm
      const auto& value = constant_[rm(word)];
      if (value)
        begin_step(*value, at);
      else
        begin_dynamic(at);
    } else if (is(word, 0xFFFFFFE0, 0x910003E0)) {  // MOV Xd, SP
      copies_[rd(word)] = true;
    } else if (is(word, 0xFFE0FFE0, 0xAA0003E0)) {  // MOV Xd, Xm
      copies_[rd(word)] = copies_[rm(word)];
      lowered_[rd(word)] = lowered_[rm(word)];
    } else if (is(word, 0xFF200000, 0xCB000000) || is(word, 0xFFE00000, 0xCB200000)) {  // SUB Xd, Xn, Xm
      lowered_[rd(word)] = copies_[rn(word)] || (rn(word) == kSp && is(word, 0xFFE00000, 0xCB200000));
    } else if (is(word, 0xFFFFFC1F, 0x9100001F) && rn(word) != kFramePointer && lowered_[rn(word)]) {  // MOV SP, Xn
      begin_dynamic(at);
    } else if ((is(word, 0xFFC003FF, 0xF90003FF) || is(word, 0xFFC003FF, 0xF94003FF)) &&
               since_step_ <= kProbeDistance) {
      facts_.probes = true;  // STR XZR, [SP, #] or LDR XZR, [SP, #]
      step_ = 0;
    }
  }

  void begin_step(std::uint64_t size, std::size_t at) {
    end_step();
    step_ = size;
    step_at_ = address_ + at;
    since_step_ = 0;
  }

  void begin_dynamic(std::size_t at) {
    end_step();
    facts_.dynamic_frame = true;
    if (facts_.step_at == 0) facts_.step_at = address_ + at;
    since_step_ = 0;
  }

  void end_step() {
    if (step_ > facts_.largest_step) {
      facts_.largest_step = step_;
      facts_.step_at = step_at_;
    }
    step_ = 0;
  }

  // GCC sets the guard by load, store and clearing of the register, never parted. Where the frame pointer points to the
  // saved pair and the guard is above it, what grows downwards from there reaches the return address first.
  void note_guard(std::uint32_t word, std::size_t at) {
    if (word == 0x910003FD) frame_at_saved_ = facts_.saves_return_address;  // MOV X29, SP
    const bool store = is(word, 0xFFC003E0, 0xF90003A0);                    // STR Xt, [X29, #]
    if (!store || !frame_at_saved_ || (word >> 10U & 0xFFFU) * 8 < 16) return;
    if (word_at(at + 4) != (0xD2800000U | rd(word))) return;
    guard_above_ = true;
    facts_.guard_at = address_ + at;
  }

  // B.NE to a BL behind a comparison of two registers: in a stripped file this tells which function __stack_chk_fail is.
  void note_failed_comparison(std::uint32_t word, std::size_t at) {
    if (!is(word, 0xFF00001F, 0x54000001)) return;
    const std::uint32_t before = at >= 4 ? word_at(at - 4) : 0, earlier = at >= 8 ? word_at(at - 8) : 0;
    const bool gcc = is(before, 0xFFFFFFE0, 0xD2800000) && is(earlier, 0xFFE0FC00, 0xEB000000);
    const bool clang = is(before, 0xFFE0FC1F, 0xEB00001F);
    const std::size_t target = at + sign_extend(word >> 5U, 19) * 4;
    if (!(gcc || clang) || target % 4 != 0 || target >= code_.size()) return;
    const std::uint32_t call = word_at(target);
    if (is(call, 0xFC000000, 0x94000000)) {
      facts_.fail_candidate = address_ + target + sign_extend(call, 26) * 4;
    }
  }

  GElf_Addr address_;
  std::string_view code_;
  CodeFacts& facts_;
  std::array<std::optional<std::uint64_t>, 32> constant_;
  std::array<bool, 32> copies_{}, lowered_{};
  std::uint64_t step_ = 0;
  GElf_Addr step_at_ = 0;
  unsigned since_step_ = 1000;
  bool frame_at_saved_ = false, guard_above_ = false;
};

class Arm64Scanner : public CodeScanner {
 public:
  explicit Arm64Scanner(const Symbols& symbols) : CodeScanner(EM_AARCH64, symbols) {}

  CodeFacts scan(GElf_Addr address, std::string_view code) override {
    CodeFacts facts;
    if (code.size() < 4) return facts;
    facts.examined = true;
    const std::uint32_t first = little32(code.data());
    facts.landing_pad = first == kBtiC || first == kBtiJc || first == kPaciasp || first == kPacibsp;
    Scan state(address, code, facts);
    for (std::size_t at = 0; at + 4 <= code.size(); at += 4) {
      if (symbols_.is_data(address + at)) continue;
      const std::uint32_t word = little32(&code[at]);
      state.step(at);
      // B and BL
      if (is(word, 0x7C000000, 0x14000000)) note_call(address + at, 4, address + at + sign_extend(word, 26) * 4, facts);
      if (const auto feature = arm64_feature(word)) facts.features.emplace(*feature, address + at);
    }
    state.finish();
    return facts;
  }
};

}  // namespace

std::unique_ptr<CodeScanner> make_arm64_scanner(const Symbols& symbols) {
  return std::make_unique<Arm64Scanner>(symbols);
}

}  // namespace proofmark::elf
