// SPDX-License-Identifier: Apache-2.0
//
// The link maps of both linkers, and what is not one.
#include "elf/link_map.h"
#include "../report/check.h"

namespace proofmark::test {
namespace {

using elf::parse_link_map;

// "path(member)[+debug]" of every input, and the sections.
std::string told(std::string_view text) {
  const auto map = parse_link_map(text, "m");
  if (!map) return map.error().message;
  std::string out;
  for (const elf::LinkInput& input : map->inputs) {
    out +=
        input.path + (input.member.empty() ? "" : "(" + input.member + ")") + (input.has_debug ? "+debug" : "") + "\n";
  }
  for (const elf::OutputSection& section : map->sections) {
    out += section.name + " " + std::to_string(section.address) + " " + std::to_string(section.size) + "\n";
  }
  return out;
}

constexpr std::string_view kLld =
    "             VMA              LMA     Size Align Out     In      Symbol\n"
    "             2a8              2a8       20     4 .note.ABI-tag\n"
    "             2a8              2a8       20     4         /sys root/crt1.o:(.note.ABI-tag)\n"
    "             2a8              2a8       20     1                 __abi_tag\n"
    "             400              400      100    16 .text\n"
    "             400              400       80    16         src/main.c.o:(.text.main)\n"
    "             480              480       80    16         /lib/libc.a(puts.o):(.text)\n"
    "             480              480       80     1                 odd symbol:(.text)\n"
    "             500              500        0    16         empty.o:(.text)\n"
    "             500              500       10    16         <internal>:(.text)\n"
    "             500              500        0     1 . = ALIGN(16)\n"
    "               0                0       62     1 .comment\n"
    "               0                0       62     1         only_a_comment.o:(.comment)\n"
    "               0                0      212     1 .debug_info\n"
    "               0                0      123     1         src/main.c.o:(.debug_info)\n";

std::string reads_lld_map() {
  return same(told(kLld),
              "/lib/libc.a(puts.o)\n/sys root/crt1.o\nsrc/main.c.o+debug\n.note.ABI-tag 680 32\n.text 1024 256\n"
              ". = ALIGN(16) 1280 0\n.comment 0 98\n.debug_info 0 530\n");
}

constexpr std::string_view kGnu =
    "Archive member included to satisfy reference by file (symbol)\n\n"
    "/lib/libc.a(puts.o)           /tmp/main.o (puts)\n\n"
    "Discarded input sections\n\n .text.gone      0x0000000000000000       0x10 discarded.o\n\n"
    "Memory Configuration\n\nName             Origin             Length             Attributes\n\n"
    "Linker script and memory map\n\n"
    "LOAD crt1.o\nLOAD /lib/libunused.a\n"
    "                0x0000000000000000                PROVIDE (__executable_start = 0x0)\n\n"
    ".interp\n *(.interp)\n\n"
    ".text           0x0000000000001000      0x120\n"
    " *(.text.unlikely)\n"
    " .text          0x0000000000001000       0x20 main file.o\n"
    "                0x0000000000001000                main\n"
    " *fill*         0x0000000000001020        0x0 \n"
    " .text.a_very_long_section_name\n"
    "                0x0000000000001020      0x100 /lib/libc.a(puts.o)\n"
    " .text          0x0000000000001120        0x0 empty.o\n\n"
    ".gcc_except_table\n"
    "                0x0000000000002000       0x10\n"
    " .gcc_except_table\n"
    "                0x0000000000002000       0x10 /lib/libgcc_eh.a(unwind.o)\n\n"
    ".comment        0x0000000000000000       0x27\n"
    " .comment       0x0000000000000000       0x27 only_a_comment.o\n"
    ".debug_info     0x0000000000000000      0x308\n"
    " .debug_info    0x0000000000000000      0x1b6 main file.o\n";

std::string reads_gnu_map() {
  return same(told(kGnu),
              "/lib/libc.a(puts.o)\n/lib/libgcc_eh.a(unwind.o)\nmain file.o+debug\n.text 4096 288\n"
              ".gcc_except_table 8192 16\n.comment 0 39\n.debug_info 0 776\n");
}

std::string refuses_other_text() {
  return same(told(""), "m: not a link map (expected one of lld or GNU ld)") +
         same(told("hello\nworld\n"), "m: not a link map (expected one of lld or GNU ld)") +
         same(told("VMA LMA Size\n"), "m: the link map names no input");
}

std::string survives_every_cut() {
  for (const std::string_view map : {kLld, kGnu}) {
    for (std::size_t size = 0; size < map.size(); ++size) (void)parse_link_map(map.substr(0, size), "m");
  }
  return {};
}

std::string takes_file_names_from_paths() {
  const elf::LinkInput with{"/lib/libc.a", "puts.o"}, without{"crt1.o", ""};
  return same(with.file_name(), "libc.a") + same(without.file_name(), "crt1.o");
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {named<reads_lld_map>("reads_lld_map"), named<reads_gnu_map>("reads_gnu_map"),
                              named<refuses_other_text>("refuses_other_text"),
                              named<survives_every_cut>("survives_every_cut"),
                              named<takes_file_names_from_paths>("takes_file_names_from_paths")};
  return cmocka_run_group_tests_name("link map", tests, nullptr, nullptr);
}
