// SPDX-License-Identifier: Apache-2.0
//
// What GCC and Clang print, read on recorded (shortened) output.
#include "compile/effective_query.h"

#include <fmt/ranges.h>

#include "report/check.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;

const char kMacros[] =
    "#define __OPTIMIZE__ 1\n#define __STDC_HOSTED__ 1\n#define _FORTIFY_SOURCE 3\n#define __SSP_STRONG__ 3\n"
    "#define __PIE__ 2\n#define f(x) x\n#define EMPTY\n";
const char kGccLog[] =
    "Using built-in specs.\nTarget: aarch64-linux-gnu\ngcc version 12.2.0 (Debian 12.2.0-14) \n"
    "#include \"...\" search starts here:\n#include <...> search starts here:\n /usr/lib/gcc/12/include\n "
    "/usr/include\n"
    "End of search list.\n /not/this\n";
const char kClangLog[] =
    "Debian clang version 19.1.7 (3~deb12u1)\nTarget: x86_64-pc-linux-gnu\n"
    " \"/usr/lib/llvm-19/bin/clang\" -cc1 -triple x86_64-pc-linux-gnu -fno-delete-null-pointer-checks "
    "-relaxed-aliasing "
    "-fwrapv -fstrict-flex-arrays=1 -fstrict-flex-arrays=3 -stack-protector 2 -fstack-clash-protection "
    "-ftrivial-auto-var-init=zero\nclang -cc1 version 18.0.0 based upon LLVM 18.0.0 default target x\n";
const char kGccHelp[] =
    "The following options are language-independent:\n"
    "  -Wstrict-aliasing           \t\t\n"
    "  -fdelete-null-pointer-checks \t\t[disabled]\n"
    "  -fstack-clash-protection    \t\t[enabled]\n"
    "  -fstrict-aliasing           \t\t[disabled]\n"
    "  -ftrivial-auto-var-init=[uninitialized|pattern|zero] \tzero\n"
    "  -fwrapv                     \t\t[enabled]\n";

std::string reads_gcc_answer() {
  const auto flags = parse_driver_answer(kMacros, kGccLog);
  if (!flags) return flags.error().message;
  return same(flags->compiler.describe(), "GCC 12.2.0 for aarch64-linux-gnu") +
         same(fmt::format("{}", fmt::join(flags->include_dirs, "|")), "/usr/lib/gcc/12/include|/usr/include") +
         holds(flags->fortify_level == 3, "level 3") + holds(flags->position_independent, "PIE") +
         holds(flags->stack_protector == StackProtector::kStrong, "strong") + holds(flags->has_macro("EMPTY"), "EMPTY");
}
std::string reads_clang_answer() {
  auto flags = parse_driver_answer(kMacros, kClangLog);
  if (!flags) return flags.error().message;
  read_clang_state(*flags, kClangLog);
  return same(flags->compiler.describe(), "Clang 19.1.7 for x86_64-pc-linux-gnu") +
         holds(flags->stack_clash_protection && flags->keeps_null_checks && flags->defined_overflow, "three flags") +
         holds(!flags->strict_aliasing, "aliasing") + holds(flags->strict_flex_arrays == 3, "the last level wins") +
         same(flags->auto_var_init, "zero");
}
std::string reads_gcc_help() {
  EffectiveFlags flags;
  read_gcc_state(flags, kGccHelp);
  return holds(flags.stack_clash_protection && flags.keeps_null_checks && flags.defined_overflow, "three flags") +
         holds(!flags.strict_aliasing, "aliasing") + same(flags.auto_var_init, "zero");
}
std::string fortify_needs_optimisation() {
  const auto flags = parse_driver_answer("#define _FORTIFY_SOURCE 3\n#define __STDC_HOSTED__ 1\n", kGccLog);
  return holds(flags && flags->fortify_level == 0, "level 0 without optimisation");
}
std::string nothing_is_assumed_of_a_silent_compiler() {
  EffectiveFlags flags;
  read_gcc_state(flags, "");
  read_clang_state(flags, "");
  return holds(!flags.stack_clash_protection && flags.strict_aliasing && flags.auto_var_init == "uninitialized",
               "no protection is assumed") +
         same(error_of(parse_driver_answer("", "")),
              "the compiler's answer names no version or target (expected GCC or Clang)");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<reads_gcc_answer>("reads_gcc_answer"),
      named<reads_clang_answer>("reads_clang_answer"),
      named<reads_gcc_help>("reads_gcc_help"),
      named<fortify_needs_optimisation>("fortify_needs_optimisation"),
      named<nothing_is_assumed_of_a_silent_compiler>("nothing_is_assumed_of_a_silent_compiler"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
