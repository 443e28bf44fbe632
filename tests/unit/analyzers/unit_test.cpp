// SPDX-License-Identifier: Apache-2.0
//
// From database entry to unit: launchers, drivers, source, language, names in debug information.
#include "compile/unit.h"

#include <fmt/ranges.h>

#include "compile/prefix_map.h"
#include "report/check.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;

Unit unit_of(const std::string& line, const std::string& file = "src/a.c") {
  const auto unit = prepare_unit({"/build", file, split_words(line)});
  return unit ? *unit : Unit();
}
std::string flags(const Unit& unit) {
  return fmt::format("{}", fmt::join(unit.flags, " "));
}

std::string peels_launchers() {
  for (const char* line : {"ccache gcc -c src/a.c", "env A=1 B=2 distcc gcc -c src/a.c", "nice -n 5 gcc -c src/a.c",
                           "/usr/bin/env -u X sccache gcc -c src/a.c", "ccache A=1 gcc -c src/a.c",
                           "A=1 env -i - nice -5 time -f %e -p icecc gcc -c src/a.c",
                           "timeout -k 5 60 taskset 0x1 stdbuf -oL gcc -c src/a.c", "cmake -E env A=1 gcc -c src/a.c",
                           "ionice -c 3 nohup setsid buildcache gcc -c src/a.c", "env -- gcc -c src/a.c"})
    if (auto wrong = same(unit_of(line).driver, "gcc"); !wrong.empty()) return line + wrong;
  return {};
}
std::string keeps_what_env_does_to_compilers() {
  const Unit unit =
      unit_of("env -i CPATH=/x -u GCC_EXEC_PREFIX -u FOO LD_PRELOAD=e.so PATH=/e -C /other gcc -c a.c", "a.c");
  return same(fmt::format("{}", fmt::join(unit.environment, " ")), "- CPATH=/x GCC_EXEC_PREFIX") +
         same(unit.directory.string(), "/other");
}
std::string refuses_command_without_compiler() {
  return same(error_of(prepare_unit({"/b", "a.c", {"ccache"}})), "a.c: the compile command starts no compiler");
}
std::string knows_drivers() {
  for (const char* name : {"gcc", "cc", "/usr/bin/clang-19", "aarch64-linux-gnu-gcc-12", "x86_64-linux-gnu-g++",
                           "clang++", "c++", "arm-none-eabi-gcc-13.2.1"})
    if (!is_known_driver(name)) return std::string(name) + " is refused";
  for (const char* name : {"sh", "gcc.sh", "notgcc", "ld", "cpp", "", "rm", "gcc-ar", "clang-tidy", "/bin/true"})
    if (is_known_driver(name)) return std::string(name) + " is accepted";
  return {};
}
std::string decodes_preprocessor_words() {
  return same(flags(unit_of("gcc -Wp,-D_FORTIFY_SOURCE=2,-DX -Xpreprocessor -DY -c src/a.c")),
              "-c -D_FORTIFY_SOURCE=2 -DX -DY") +
         same(flags(unit_of("gcc -Wp,-DA=2 -DA=3 -c src/a.c")), "-DA=3 -c -DA=2");
}
std::string source_is_no_flag() {
  return same(flags(unit_of("gcc -O2 -o a.o -c /build/src/../src/a.c")), "-O2 -o a.o -c");
}
std::string value_that_looks_like_the_source_stays() {
  return same(flags(unit_of("gcc -include src/a.c -c src/a.c")), "-include src/a.c -c");
}
std::string language_follows_x_driver_and_name() {
  const auto is = [](const char* line, const char* file, Language language) {
    return holds(unit_of(line, file).language == language, line);
  };
  return is("gcc -c a.c", "a.c", Language::kC) + is("g++ -c a.c", "a.c", Language::kCxx) +
         is("gcc -c a.cpp", "a.cpp", Language::kCxx) + is("gcc -x c++ -c a.c", "a.c", Language::kCxx) +
         is("gcc -c a.S", "a.S", Language::kAssembler) + is("gcc -xc -c a.inc", "a.inc", Language::kC);
}
std::string last_prefix_map_wins() {
  const PrefixMap map({"-ffile-prefix-map=/a=1", "-ffile-prefix-map=/a/b=2", "-fmacro-prefix-map=/a=3"});
  return same(map.apply("/a/b/c"), "2/c") + same(map.apply("/a/x"), "1/x") + same(map.apply("/z"), "/z");
}
std::string debug_name_follows_maps() {
  return same(unit_of("gcc -c src/a.c").debug_name(), "/build/src/a.c") +
         same(unit_of("gcc -ffile-prefix-map=/build=/src -c src/a.c").debug_name(), "/src/src/a.c") +
         same(unit_of("gcc -fdebug-prefix-map=/build=. -c /build/src/a.c").debug_name(), "src/a.c") +
         same(unit_of("gcc -fmacro-prefix-map=/build=/x -c src/a.c").debug_name(), "/build/src/a.c");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<peels_launchers>("peels_launchers"),
      named<keeps_what_env_does_to_compilers>("keeps_what_env_does_to_compilers"),
      named<refuses_command_without_compiler>("refuses_command_without_compiler"),
      named<knows_drivers>("knows_drivers"),
      named<decodes_preprocessor_words>("decodes_preprocessor_words"),
      named<source_is_no_flag>("source_is_no_flag"),
      named<value_that_looks_like_the_source_stays>("value_that_looks_like_the_source_stays"),
      named<language_follows_x_driver_and_name>("language_follows_x_driver_and_name"),
      named<last_prefix_map_wins>("last_prefix_map_wins"),
      named<debug_name_follows_maps>("debug_name_follows_maps"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
