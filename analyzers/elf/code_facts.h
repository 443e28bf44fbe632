// SPDX-License-Identifier: Apache-2.0
//
// What one pass over the machine code of a function tells about its protection. One implementation for each machine;
// what the facts mean for a protection is decided in protections.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "elf/isa.h"
#include "elf/symbols.h"

namespace proofmark::elf {

struct CodeFacts {
  bool examined = false;
  bool landing_pad = false;            // the first instruction is one for indirect calls
  bool returns = false;                // it has a return instruction
  bool reads_guard = false;            // amd64: takes the canary from %fs:0x28
  bool compares_guard = false;         // amd64: and compares with it again
  bool calls_fail = false;             // calls __stack_chk_fail
  GElf_Addr fail_candidate = 0;        // arm64: called where a comparison failed, as the last thing
  bool saves_return_address = false;   // arm64: stores x30 on the stack
  bool loads_return_address = false;   // arm64: and takes it back
  bool signs_return_address = false;   // arm64: paciasp or one like it
  bool checks_return_address = false;  // arm64: autiasp, retaa or one like it
  std::uint64_t largest_step = 0;      // by which the stack pointer falls at once, without a probe
  bool dynamic_frame = false;          // it falls by a variable
  bool probes = false;                 // touches the stack as -fstack-clash-protection does
  bool guard_above_return = false;     // arm64: CVE-2023-4039, and the frame grows by a variable
  std::map<std::string_view, unsigned> checked_calls, plain_calls;  // of library functions that FORTIFY knows
  GElf_Addr step_at = 0, guard_at = 0;                              // where that was seen
  std::map<Feature, GElf_Addr> features;                            // beyond the baseline, and where first
};

// Scans functions of one file. `symbols` must outlive the scanner.
class CodeScanner {
 public:
  virtual ~CodeScanner() = default;
  virtual CodeFacts scan(GElf_Addr address, std::string_view code) = 0;
  // A few instructions from `address` on, "401136: push %rbp", at most `count`.
  std::vector<std::string> disassemble(GElf_Addr address, std::string_view code, std::size_t count) const;

 protected:
  CodeScanner(GElf_Half machine, const Symbols& symbols) : machine_(machine), symbols_(symbols) {}
  // Notes a call of `target`, or of what a relocation of the instruction names.
  void note_call(GElf_Addr instruction, std::size_t size, GElf_Addr target, CodeFacts& facts) const;

  GElf_Half machine_;
  const Symbols& symbols_;
};

// Null for machines whose code is not known.
std::unique_ptr<CodeScanner> make_scanner(GElf_Half machine, const Symbols& symbols);
std::unique_ptr<CodeScanner> make_amd64_scanner(const Symbols& symbols);
std::unique_ptr<CodeScanner> make_arm64_scanner(const Symbols& symbols);

}  // namespace proofmark::elf
