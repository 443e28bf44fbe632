// SPDX-License-Identifier: Apache-2.0
//
// ELF files that make no sense: each is refused in its own words, before anything is written.
#include <cstring>

#include "elf_builder.h"
#include "proofmark/sign/elf_image.h"
#include "support.h"

namespace proofmark::sign::test {
namespace {

constexpr const char* kIncomplete = "\nhint: the file is incomplete: copy or build it again\n";
constexpr const char* kData = "\nhint: sign it as plain data with --data, if that is what it is\n";

bool refused_with(const Bytes& bytes, const std::string& what, const std::string& hint = "\n") {
  const auto path = write("odd.elf", bytes);
  const auto file = InputFile::open(path);
  return fails_with(read_elf(*file), "proofmark: error: " + path.string() + ": " + what + hint);
}

bool refused(ElfBuilder builder, const std::string& what, const std::string& hint = "\n") {
  return refused_with(builder.build(), what, hint);
}

Bytes cut(std::size_t size) {
  Bytes bytes = ElfBuilder().build();
  bytes.resize(size);
  return bytes;
}

bool class_and_order_and_type() {
  ElfBuilder small, big, old, core;
  small.header.e_ident[EI_CLASS] = ELFCLASS32;
  big.header.e_ident[EI_DATA] = ELFDATA2MSB;
  old.header.e_version = 7;
  core.header.e_type = ET_CORE;
  return refused(small, "ELF class not supported (expected 2 for 64-bit, found 1)", kData) &&
         refused(big, "ELF byte order not supported (expected 1 for little endian, found 2)", kData) &&
         refused(old, "ELF version not supported (expected 1, found 1 and 7)", kData) &&
         refused(core, "ELF type not supported (expected REL, EXEC or DYN, found 4)", kData);
}

bool program_table() {
  ElfBuilder size, place, overlap;
  size.header.e_phentsize = 55;
  place.header.e_phoff = 0xfffffffffffffff0;
  overlap.header.e_phoff = 60;
  return refused(size, "odd program header size (expected 56, found 55)") &&
         refused(place,
                 "truncated: the program header table leaves the file (expected 56 bytes at 18446744073709551600, file "
                 "has 8400)",
                 kIncomplete) &&
         refused(overlap, "the program header table overlaps the ELF header (found at 60)");
}

bool segments() {
  ElfBuilder beyond, huge, shrunk, wraps, twice;
  beyond.segments[0].p_filesz = beyond.segments[0].p_memsz = 0x2000;
  huge.segments[0].p_offset = 0xffffffffffffff00;
  shrunk.segments[0].p_memsz = 0x10;
  wraps.segments[0].p_vaddr = 0xfffffffffffff000;
  wraps.segments[0].p_memsz = 0x1001;
  twice.segments.push_back(twice.segments[0]);
  twice.segments[1].p_vaddr += 0xfff;
  return refused(beyond, "truncated: segment 0 leaves the file (expected 8192 bytes at 4096, file has 8400)",
                 kIncomplete) &&
         refused(huge,
                 "truncated: segment 0 leaves the file (expected 4096 bytes at 18446744073709551360, file has 8400)",
                 kIncomplete) &&
         refused(shrunk, "segment 0 is smaller in memory than in the file (expected at least 4096, found 16)") &&
         refused(wraps, "segment 0 wraps around the address space") &&
         refused(twice, "segments overlap in memory (at 0x1000 and 0x1fff)");
}

bool section_table() {
  ElfBuilder size, place, header, programs, count;
  size.header.e_shentsize = 40;
  place.header.e_shoff = 8392;
  header.header.e_shoff = 8;
  programs.header.e_shoff = 72;
  count.header.e_shnum = 0xfeff;
  return refused(size, "odd section header size (expected 64, found 40)") &&
         refused(place,
                 "truncated: the section header table leaves the file (expected 192 bytes at 8392, file has 8400)",
                 kIncomplete) &&
         refused(header, "the section header table overlaps the ELF header (found at 8)") &&
         refused(programs, "the section header table overlaps the program header table (found at 72 and 64)") &&
         refused(count,
                 "truncated: the section header table leaves the file (expected 4177856 bytes at 8208, file has 8400)",
                 kIncomplete);
}

bool sections() {
  ElfBuilder beyond, clash, index, type, name;
  beyond.sections[1].sh_size = 0xffffffffffffffff;
  clash.sections[1].sh_offset = 8300;
  clash.sections[1].sh_size = 8;
  index.header.e_shstrndx = 77;
  type.header.e_shstrndx = 1;
  name.sections[1].sh_name = 11;
  return refused(beyond,
                 "truncated: section 1 leaves the file (expected 18446744073709551615 bytes at 4096, file has 8400)",
                 kIncomplete) &&
         refused(clash, "section 1 overlaps the section header table (found at 8300 and 8208)") &&
         refused(index, "the section names are in no section (expected below 3, found 77)") &&
         refused(type, "the section names are in a section of another type (expected 3, found 1)") &&
         refused(name, "the name of section 1 lies outside the section names (expected below 11, found 11)");
}

bool names_end() {
  ElfBuilder builder;
  builder.names.back() = 'x';
  return refused(builder, "the section names do not end in a zero byte");
}

bool count_in_header_zero() {
  ElfBuilder builder(3);
  Bytes bytes = builder.build();
  const std::uint64_t count = 0x1000000000;
  std::memset(bytes.data() + offsetof(Elf64_Ehdr, e_shnum), 0, sizeof(Elf64_Half));
  std::memcpy(bytes.data() + builder.header.e_shoff + offsetof(Elf64_Shdr, sh_size), &count, sizeof count);
  return refused_with(bytes, "too many sections (expected at most 1048576, found 68719476736)");
}

// Cut anywhere, or with any byte of a header changed: never a crash, never a success that the append could not trust.
bool survives_everything() {
  const Bytes whole = ElfBuilder().build();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i >= 120 && i < 8190) continue;
    for (const int flip : {0x01, 0x80, 0xff}) {
      Bytes changed = whole;
      changed[i] ^= static_cast<std::uint8_t>(flip);
      const auto file = InputFile::open(write("flipped.elf", changed));
      const auto image = read_elf(*file);
      if (image && !image->sections.empty()) (void)append_section(*image, 800);
    }
  }
  return true;
}

void headers_are_checked(void**) {
  assert_true(class_and_order_and_type());
}
void program_headers_are_checked(void**) {
  assert_true(program_table());
}
void segments_are_checked(void**) {
  assert_true(segments());
}
void section_headers_are_checked(void**) {
  assert_true(section_table());
}
void sections_are_checked(void**) {
  assert_true(sections());
}
void section_names_are_checked(void**) {
  assert_true(names_end());
}
void extended_count_is_checked(void**) {
  assert_true(count_in_header_zero());
}
void damaged_files_do_no_harm(void**) {
  assert_true(survives_everything());
}

void truncated_files_are_refused(void**) {
  assert_true(refused_with(cut(63), "truncated ELF header (expected 64 bytes, found 63)", kIncomplete));
  assert_true(refused_with(cut(64),
                           "truncated: the program header table leaves the file (expected 56 bytes at 64, file has 64)",
                           kIncomplete));
  assert_true(refused_with(
      cut(5000), "truncated: segment 0 leaves the file (expected 4096 bytes at 4096, file has 5000)", kIncomplete));
  assert_true(refused_with(
      cut(8399), "truncated: the section header table leaves the file (expected 192 bytes at 8208, file has 8399)",
      kIncomplete));
}

}  // namespace
}  // namespace proofmark::sign::test

int main() {
  using namespace proofmark::sign::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(headers_are_checked),       cmocka_unit_test(program_headers_are_checked),
      cmocka_unit_test(segments_are_checked),      cmocka_unit_test(section_headers_are_checked),
      cmocka_unit_test(sections_are_checked),      cmocka_unit_test(section_names_are_checked),
      cmocka_unit_test(extended_count_is_checked), cmocka_unit_test(truncated_files_are_refused),
      cmocka_unit_test(damaged_files_do_no_harm),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
