// SPDX-License-Identifier: Apache-2.0
//
// A real small ELF file: what is read from it, and that no damage to it makes the audit crash or pass.
#include <filesystem>

#include "../report/check.h"
#include "elf/audit.h"
#include "report/file.h"

namespace proofmark::test {
namespace {

using elf::ElfFile;

std::string sample() {
  return report::read_file(ELF_SAMPLE).value_or("");
}

// Runs all rules; tells the link type, or the error.
std::string audited(std::string bytes) {
  const auto file = ElfFile::from_bytes(std::move(bytes), "f");
  if (!file) return file.error().message;
  elf::AuditOptions options;
  options.today = report::today();
  const auto audit = elf::audit_elf(*file, options);
  return audit ? std::string(elf::link_name(audit->link)) : audit.error().message;
}

std::string reads_a_sound_file() {
  const auto file = ElfFile::from_bytes(sample(), "f");
  if (!file) return file.error().message;
  return same(file->machine(), "x86_64") + same(elf::link_name(file->link()), "static-pie") +
         holds(file->build_id().size() == 40, "a SHA-1 build-id") + holds(file->is_pie(), "DF_1_PIE") +
         holds(file->section(".debug_info") != nullptr, "DWARF") +
         holds(file->at_address(file->header().e_entry, 4).size() == 4, "the entry point is in the file") +
         holds(file->at_address(~0ULL, 4).empty() && file->at_address(file->header().e_entry, ~0ULL).empty(),
               "nothing outside the file");
}

std::string tells_guarded_functions_from_others() {
  const auto file = ElfFile::from_bytes(sample(), "f");
  if (!file) return file.error().message;
  const auto info = elf::read_debug_info(*file, *file, true);
  if (!info) return info.error().message;
  const auto functions = elf::examine_functions({*file, nullptr, &*info, nullptr});
  if (!functions) return functions.error().message;
  std::string told;
  for (const auto& function : functions->all) {
    const auto* const canary = function.protection("canary");
    told += function.symbol.name + " " +
            std::string(canary == nullptr ? "?" : report::layer_state_name(canary->state)) + "\n";
  }
  return same(told,
              "__stack_chk_fail not-applicable\ntouch not-applicable\nguarded held\nplain missing\n"
              "no_array not-applicable\n_start not-applicable\n") +
         holds(info->units.size() == 1 && info->units[0].ends_with("/tests/unit/elf/sample.c"), "one unit");
}

std::string names_what_is_not_a_program() {
  std::string core = sample();
  core[16] = 4;  // e_type = ET_CORE
  return same(audited(""), "f: not an ELF file (the file is empty)") +
         same(audited("#!/bin/sh\n"), "f: not an ELF file") +
         same(audited(core),
              "f: not a program (expected an executable, shared or relocatable file, found ELF type 4)") +
         holds(audited(sample().substr(0, 40)).starts_with("f: damaged ELF header"), "a cut header");
}

std::string too_many_program_headers_are_refused() {
  std::string bytes = sample();
  bytes.resize(std::size_t{70000} * 56);
  bytes[56] = '\xfe';  // e_phnum = 0xfffe
  bytes[57] = '\xff';
  return same(audited(bytes), "f: too many program headers (expected at most 1024, found 65534)");
}

// Every length in steps of 64 bytes: an error or an answer, never a crash; and no loadable byte may be missing unseen.
std::string survives_every_cut() {
  const std::string whole = sample();
  std::size_t loaded = 0;
  const auto file = ElfFile::from_bytes(whole, "f");
  if (!file) return file.error().message;
  for (const GElf_Phdr& segment : file->segments()) {
    if (segment.p_type == PT_LOAD) loaded = std::max<std::size_t>(loaded, segment.p_offset + segment.p_filesz);
  }
  std::string wrong;
  for (std::size_t size = 0; size < whole.size(); size += 64) {
    const std::string answer = audited(whole.substr(0, size));
    if (size < loaded) wrong += holds(answer.starts_with("f: "), "cut at " + std::to_string(size) + ": " + answer);
  }
  return wrong;
}

std::string survives_every_flipped_byte() {
  const std::string whole = sample();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const unsigned mask : {0xFFU, 0x01U, 0x80U}) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ mask);
      (void)audited(std::move(damaged));
    }
  }
  return {};
}

// Puts numbers from the ends of their range at every aligned place of a part of the file.
void attack(const std::string& whole, std::size_t begin, std::size_t end) {
  constexpr std::string_view kExtremes[] = {"\xff\xff\xff\xff\xff\xff\xff\xff", "\xff\xff\xff\xff\xff\xff\xff\x7f",
                                            "\xf0\xff\xff\xff\xff\xff\xff\xff"};
  for (std::size_t at = begin; at + 8 <= end; at += 8) {
    for (const std::string_view value : kExtremes) {
      std::string damaged = whole;
      damaged.replace(at, value.size(), value);
      (void)audited(std::move(damaged));
    }
  }
}

std::string survives_extreme_numbers() {
  const std::string whole = sample();
  constexpr std::size_t kHeaders = 1024;  // the section header table is at the end
  attack(whole, 16, kHeaders);
  const std::size_t tail = std::min(whole.size(), 4 * kHeaders);
  attack(whole, (whole.size() - tail) & ~std::size_t{7}, whole.size());
  return {};
}

std::string debug_path_needs_a_build_id() {
  return same(elf::debug_file_path("d", "00ff11").string(), "d/.build-id/00/ff11.debug") +
         same(elf::debug_file_path("d", "").string(), "") + same(elf::debug_file_path("d", "00").string(), "");
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {named<reads_a_sound_file>("reads_a_sound_file"),
                              named<tells_guarded_functions_from_others>("tells_guarded_functions_from_others"),
                              named<names_what_is_not_a_program>("names_what_is_not_a_program"),
                              named<too_many_program_headers_are_refused>("too_many_program_headers_are_refused"),
                              named<survives_every_cut>("survives_every_cut"),
                              named<survives_every_flipped_byte>("survives_every_flipped_byte"),
                              named<survives_extreme_numbers>("survives_extreme_numbers"),
                              named<debug_path_needs_a_build_id>("debug_path_needs_a_build_id")};
  return cmocka_run_group_tests_name("ELF file", tests, nullptr, nullptr);
}
