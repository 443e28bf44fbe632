// SPDX-License-Identifier: Apache-2.0
//
// amd64: Capstone finds the boundaries of instructions; the few that matter are recognised by their bytes (Intel SDM
// volume 2), which is exact and needs no operands. Only code beyond the baseline is decoded in detail.
#include <array>

#include <capstone/capstone.h>

#include "elf/bytes.h"
#include "elf/code_facts.h"

namespace proofmark::elf {
namespace {

constexpr std::uint64_t kGuardOffset = 0x28;  // of the canary in the thread's block, %fs:0x28
constexpr std::uint64_t kPage = 4096;         // the step between two probes
constexpr unsigned kStackPointer = 4;

struct Decoder {
  csh handle = 0;
  cs_insn* instruction = nullptr;

  explicit Decoder(bool detail) {
    if (cs_open(CS_ARCH_X86, CS_MODE_64, &handle) != CS_ERR_OK) return;
    if (detail) cs_option(handle, CS_OPT_DETAIL, CS_OPT_ON);
    if (!detail) cs_option(handle, CS_OPT_SKIPDATA, CS_OPT_ON);
    instruction = cs_malloc(handle);
  }
  ~Decoder() {
    if (instruction != nullptr) cs_free(instruction, 1);
    if (handle != 0) cs_close(&handle);
  }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  bool next(std::string_view& code, std::uint64_t& address) const {
    const auto* at = reinterpret_cast<const std::uint8_t*>(code.data());
    std::size_t left = code.size();
    if (instruction == nullptr || !cs_disasm_iter(handle, &at, &left, &address, instruction)) return false;
    code.remove_prefix(code.size() - left);
    return true;
  }
};

// One instruction with its prefixes told apart.
struct Instruction {
  std::string_view bytes;  // from the opcode on
  unsigned char rex = 0;
  bool fs = false, rep = false;

  unsigned char at(std::size_t index) const {
    return index < bytes.size() ? static_cast<unsigned char>(bytes[index]) : 0;
  }
  unsigned reg() const { return (at(1) >> 3U & 7U) | ((rex & 4U) != 0 ? 8U : 0U); }
  unsigned rm() const { return (at(1) & 7U) | ((rex & 1U) != 0 ? 8U : 0U); }
  bool direct() const { return at(1) >= 0xC0; }  // the operand is a register
  std::uint64_t tail(std::size_t width) const {  // sign-extended, the last bytes
    if (bytes.size() < width) return 0;
    const char* const from = &bytes[bytes.size() - width];
    return width == 4 ? sign_extend(little32(from), 32) : sign_extend(static_cast<unsigned char>(*from), 8);
  }
};

Instruction parse(std::string_view bytes) {
  Instruction result;
  while (bytes.size() > 1) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    const bool prefix = byte == 0x66 || byte == 0x67 || byte == 0xF0 || byte == 0xF2 || byte == 0xF3 || byte == 0x2E ||
                        byte == 0x36 || byte == 0x3E || byte == 0x26 || byte == 0x64 || byte == 0x65;
    if (!prefix && (byte & 0xF0U) != 0x40) break;
    if (byte == 0x64) result.fs = true;
    if (byte == 0xF3) result.rep = true;
    if (!prefix) result.rex = byte;
    bytes.remove_prefix(1);
    if (!prefix) break;
  }
  result.bytes = bytes;
  return result;
}

std::optional<Feature> feature_of_group(std::uint8_t group) {
  using enum Feature;
  switch (group) {
    case X86_GRP_SSE3:
      return kSse3;
    case X86_GRP_SSSE3:
      return kSsse3;
    case X86_GRP_SSE41:
      return kSse41;
    case X86_GRP_SSE42:
      return kSse42;
    case X86_GRP_SSE4A:
      return kSse4a;
    case X86_GRP_AVX:
      return kAvx;
    case X86_GRP_AVX2:
      return kAvx2;
    case X86_GRP_AVX512:
    case X86_GRP_CDI:
    case X86_GRP_ERI:
    case X86_GRP_PFI:
    case X86_GRP_DQI:
    case X86_GRP_BWI:
    case X86_GRP_VLX:
      return kAvx512;
    case X86_GRP_BMI:
      return kBmi;
    case X86_GRP_BMI2:
      return kBmi2;
    case X86_GRP_F16C:
      return kF16c;
    case X86_GRP_FMA:
      return kFma;
    case X86_GRP_FMA4:
      return kFma4;
    case X86_GRP_AES:
      return kAes;
    case X86_GRP_PCLMUL:
      return kPclmul;
    case X86_GRP_SHA:
      return kSha;
    case X86_GRP_ADX:
      return kAdx;
    case X86_GRP_RTM:
      return kRtm;
    case X86_GRP_XOP:
      return kXop;
    case X86_GRP_TBM:
      return kTbm;
    default:
      return std::nullopt;
  }
}

// Those that belong to no group, or to another one than the processors' manuals say.
std::optional<Feature> feature_of_id(unsigned id) {
  using enum Feature;
  switch (id) {
    case X86_INS_POPCNT:
      return kPopcnt;
    case X86_INS_CMPXCHG16B:
      return kCx16;
    case X86_INS_LZCNT:
      return kLzcnt;
    case X86_INS_MOVBE:
      return kMovbe;
    case X86_INS_RDRAND:
      return kRdrnd;
    case X86_INS_RDSEED:
      return kRdseed;
    default:
      return std::nullopt;
  }
}

class Amd64Scanner : public CodeScanner {
 public:
  explicit Amd64Scanner(const Symbols& symbols) : CodeScanner(EM_X86_64, symbols) {}

  CodeFacts scan(GElf_Addr address, std::string_view code) override {
    CodeFacts facts;
    facts.examined = fast_.instruction != nullptr && !code.empty();
    facts.landing_pad = code.starts_with("\xF3\x0F\x1E\xFA");  // ENDBR64
    copies_ = {};
    lowered_ = {};
    guard_reads_ = 0;
    stepped_ = false;
    std::uint64_t next = address;
    for (std::string_view rest = code; !rest.empty();) {
      const std::string_view before = rest;
      const GElf_Addr at = next;
      if (!fast_.next(rest, next)) break;
      const std::string_view bytes = before.substr(0, before.size() - rest.size());
      const Instruction instruction = parse(bytes);
      note_flow(instruction, at, bytes.size(), facts);
      note_guard(instruction, facts);
      note_stack(instruction, at, facts);
      note_feature(instruction, bytes, at, facts);
    }
    facts.reads_guard = guard_reads_ != 0;
    // Clang loads the guard again and compares that with the frame's copy.
    facts.compares_guard = facts.compares_guard || guard_reads_ >= 2;
    return facts;
  }

 private:
  void note_flow(const Instruction& instruction, GElf_Addr at, std::size_t size, CodeFacts& facts) const {
    const unsigned char opcode = instruction.at(0);
    if (opcode == 0xC3 || opcode == 0xC2) facts.returns = true;
    const GElf_Addr next = at + size;
    if (opcode == 0xE8 || opcode == 0xE9) note_call(at, size, next + instruction.tail(4), facts);
    // Through a slot of the global offset table: call *slot(%rip), jmp *slot(%rip)
    if (opcode == 0xFF && (instruction.at(1) == 0x15 || instruction.at(1) == 0x25)) {
      const GElf_Addr slot = next + instruction.tail(4);
      const bool linked = symbols_.relocation_in(at, next).empty() && !symbols_.relocation_in(slot, slot + 8).empty();
      if (linked) {
        note_call(slot, 8, 0, facts);
      } else {
        note_call(at, size, 0, facts);
      }
    }
  }

  void note_guard(const Instruction& instruction, CodeFacts& facts) {
    // Absolute address by SIB without base and index, as compilers write it.
    const bool thread = instruction.fs && instruction.bytes.size() == 7 && (instruction.at(1) & 0xC7U) == 0x04 &&
                        instruction.at(2) == 0x25 && instruction.tail(4) == kGuardOffset;
    if (!thread) return;
    const unsigned char opcode = instruction.at(0);
    if (opcode == 0x8B) ++guard_reads_;
    if (opcode == 0x2B || opcode == 0x33 || opcode == 0x3B || opcode == 0x39) facts.compares_guard = true;
  }

  void note_stack(const Instruction& instruction, GElf_Addr at, CodeFacts& facts) {
    const unsigned char opcode = instruction.at(0);
    const bool wide = (instruction.rex & 8U) != 0;
    if (is_probe(instruction)) facts.probes = true;
    stepped_ = false;
    if (!wide) return;
    const bool on_stack_pointer = instruction.direct() && instruction.rm() == kStackPointer;
    if ((opcode == 0x81 || opcode == 0x83) && on_stack_pointer) {
      const std::uint64_t value = instruction.tail(opcode == 0x81 ? 4 : 1);
      const unsigned operation = instruction.at(1) >> 3U & 7U;  // 0 is ADD, 5 is SUB
      if (operation == 5) fall(value, at, facts);
      if (operation == 0) fall(0 - value, at, facts);
    } else if (opcode == 0x8D && instruction.reg() == kStackPointer && !instruction.direct()) {
      // LEA disp(%rsp), %rsp
      const bool from_itself = (instruction.at(1) & 7U) == kStackPointer && instruction.at(2) == 0x24;
      if (from_itself) fall(0 - instruction.tail(instruction.at(1) >= 0x80 ? 4 : 1), at, facts);
    } else if (opcode == 0x29 || opcode == 0x89 || opcode == 0x2B) {
      note_registers(instruction, at, facts);
    }
  }

  // SUB and MOV between registers: how variable arrays and alloca lower the stack pointer.
  void note_registers(const Instruction& instruction, GElf_Addr at, CodeFacts& facts) {
    if (!instruction.direct()) return;
    const bool reversed = instruction.at(0) == 0x2B;
    const unsigned from = reversed ? instruction.rm() : instruction.reg();
    const unsigned to = reversed ? instruction.reg() : instruction.rm();
    const bool move = instruction.at(0) == 0x89;
    const bool lowers = move ? to == kStackPointer && lowered_.at(from) : to == kStackPointer;
    if (lowers) {
      facts.dynamic_frame = true;
      if (facts.step_at == 0) facts.step_at = at;
    }
    if (move) {
      copies_.at(to) = from == kStackPointer || copies_.at(from);
      lowered_.at(to) = lowered_.at(from);
    } else {
      lowered_.at(to) = lowered_.at(to) || copies_.at(to);
    }
  }

  void fall(std::uint64_t size, GElf_Addr at, CodeFacts& facts) {
    if (size > INT32_MAX) return;  // it rises
    stepped_ = size == kPage;
    if (size <= facts.largest_step) return;
    facts.largest_step = size;
    facts.step_at = at;
  }

  // OR and XOR of the stack's memory with zero change nothing; nobody but a probe does that. Clang stores zero instead,
  // right behind a step of one page.
  bool is_probe(const Instruction& instruction) const {
    const unsigned char opcode = instruction.at(0);
    const bool stack = !instruction.direct() && (instruction.at(1) & 7U) == 4 && (instruction.at(2) & 7U) == 4;
    if (!stack || instruction.bytes.empty() || instruction.bytes.back() != 0) return false;
    const unsigned operation = instruction.at(1) >> 3U & 7U;
    if (opcode == 0x83) return operation == 1 || operation == 6;
    return opcode == 0xC7 && stepped_;
  }

  void note_feature(const Instruction& instruction, std::string_view bytes, GElf_Addr at, CodeFacts& facts) const {
    const unsigned char opcode = instruction.at(0), second = instruction.at(1);
    const bool plain = opcode != 0x0F && opcode != 0xC4 && opcode != 0xC5 && opcode != 0x62 && opcode != 0x8F;
    if (plain || (opcode == 0x0F && (second == 0x05 || second == 0x1E || second == 0x1F || (second & 0xF0U) == 0x80)))
      return;
    if (opcode == 0x8F && (second & 0x1FU) < 8) return;  // POP
    if (fast_.instruction->id == X86_INS_TZCNT) return;  // GCC writes it for every processor: older ones read BSF
    if (const auto feature = feature_of_id(fast_.instruction->id)) {
      facts.features.emplace(*feature, at);
      return;
    }
    std::uint64_t address = at;
    if (!exact_.next(bytes, address) || exact_.instruction->detail == nullptr) return;
    const cs_detail& detail = *exact_.instruction->detail;
    for (std::uint8_t index = 0; index < detail.groups_count; ++index) {
      if (const auto feature = feature_of_group(detail.groups[index])) facts.features.emplace(*feature, at);
    }
  }

  Decoder fast_{false}, exact_{true};
  std::array<bool, 16> copies_{}, lowered_{};
  unsigned guard_reads_ = 0;
  bool stepped_ = false;
};

}  // namespace

std::unique_ptr<CodeScanner> make_amd64_scanner(const Symbols& symbols) {
  return std::make_unique<Amd64Scanner>(symbols);
}

}  // namespace proofmark::elf
