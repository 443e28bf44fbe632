// SPDX-License-Identifier: Apache-2.0
//
// Archives as GNU and BSD write them, and what is not one.
#include "elf/archive.h"
#include "../report/check.h"

namespace proofmark::test {
namespace {

std::string header(std::string name, std::string size) {
  name.resize(16, ' ');
  size.resize(10, ' ');
  return name + std::string(32, '0') + size + "`\n";
}

// "name=content;" of every member, or the error.
std::string told(std::string_view bytes) {
  const auto members = elf::read_archive(bytes, "a");
  if (!members) return members.error().message;
  std::string out;
  for (const auto& member : *members) out += member.name + "=" + std::string(member.bytes) + ";";
  return out;
}

const std::string kMagic = "!<arch>\n";

std::string reads_gnu_names() {
  std::string bytes = kMagic + header("/", "4") + std::string(4, '\0') + header("//", "22") +
                      "a_long_name_member.o/\n" + header("one.o/", "3") + "abc\n" + header("/0", "2") + "xy";
  return same(told(bytes), "one.o=abc;a_long_name_member.o=xy;");
}

std::string reads_bsd_names() {
  return same(
      told(kMagic + header("#1/8", "11") + "long.o" + std::string(2, '\0') + "abc\n" + header("two.o", "1") + "z"),
      "long.o=abc;two.o=z;");
}

std::string refuses_what_is_damaged() {
  return same(told("ELF"), "a: not an archive") + same(told("!<thin>\n"), "a: a thin archive only names its members") +
         same(told(kMagic + "short"), "a: damaged archive: the last header is cut off") +
         same(told(kMagic + header("x/", "9") + "abc"), "a: damaged archive: member x/ is cut off") +
         same(told(kMagic + header("x/", "12z")), "a: damaged archive: a member's header is damaged") +
         same(told(kMagic + header("/7", "1") + "a"), "a: damaged archive: a member's name is damaged") +
         same(told(kMagic + header("#1/9", "1") + "a"), "a: damaged archive: a member's name is damaged") +
         same(told(kMagic), "");
}

std::string survives_every_cut() {
  const std::string whole =
      kMagic + header("//", "6") + "abcd/\n" + header("/0", "2") + "xy" + header("#1/2", "3") + "abc";
  for (std::size_t size = 0; size < whole.size(); ++size) (void)told(whole.substr(0, size));
  return {};
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {named<reads_gnu_names>("reads_gnu_names"), named<reads_bsd_names>("reads_bsd_names"),
                              named<refuses_what_is_damaged>("refuses_what_is_damaged"),
                              named<survives_every_cut>("survives_every_cut")};
  return cmocka_run_group_tests_name("archive", tests, nullptr, nullptr);
}
