// SPDX-License-Identifier: Apache-2.0
//
// The rules of the ELF audit, one per file of this folder; table.cpp lists them.
#pragma once

#include "elf/audit.h"

namespace proofmark::elf {

extern const ElfRule kPme001;
extern const ElfRule kPme002;
extern const ElfRule kPme003;
extern const ElfRule kPme004;
extern const ElfRule kPme005;
extern const ElfRule kPme006;
extern const ElfRule kPme007;
extern const ElfRule kPme008;
extern const ElfRule kPme009;
extern const ElfRule kPme010;
extern const ElfRule kPme011;
extern const ElfRule kPme012;
extern const ElfRule kPme013;
extern const ElfRule kPme014;
extern const ElfRule kPme015;
extern const ElfRule kPme016;
extern const ElfRule kPme017;
extern const ElfRule kPme018;
extern const ElfRule kPme019;
extern const ElfRule kPme020;
extern const ElfRule kPme021;

// Strings of a policy's parameter; `fallback` when the policy has none or there is no policy.
std::vector<std::string> string_list(const AuditInput& input, std::string_view rule, std::string_view parameter,
                                     std::vector<std::string> fallback);

inline bool is_relocatable(const AuditInput& input) {
  return input.elf.link() == LinkType::kRelocatable;
}

}  // namespace proofmark::elf
