// SPDX-License-Identifier: Apache-2.0
//
// The table of compiler versions against every compiler that is installed, and against the page that shows it.
#include "compile/flag_support.h"

#include <filesystem>
#include <fstream>

#include <fmt/ranges.h>

#include "compile/process.h"
#include "compile/resolver.h"
#include "report/check.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;

std::vector<Words> candidates() {
  std::vector<Words> all{{"gcc"}, {"aarch64-linux-gnu-gcc"}, {"clang"}, {"clang", "--target=aarch64-linux-gnu"}};
  for (int version = 8; version <= 16; ++version)
    for (const char* prefix : {"", "aarch64-linux-gnu-"}) all.push_back({fmt::format("{}gcc-{}", prefix, version)});
  for (int version = 8; version <= 22; ++version) {
    const std::string clang = fmt::format("clang-{}", version);
    all.push_back({clang});
    all.push_back({clang, "--target=aarch64-linux-gnu"});
  }
  return all;
}

std::optional<Compiler> ask(const Words& driver) {
  Words argv = driver;
  for (const char* word : {"-c", "/probe.c"}) argv.emplace_back(word);
  const CompileCommand command{"/", "/probe.c", argv};
  const auto unit = prepare_unit(command);
  if (!unit) return std::nullopt;
  const auto flags = FlagResolver().resolve(*unit);
  return flags ? std::optional((*flags)->compiler) : std::nullopt;
}

// Without a warning: that a flag is not used, or not known, is one.
bool accepts(const Words& driver, const FlagSupport& support) {
  Words argv = driver;
  argv.push_back(std::string(support.flag) + (support.flag.ends_with('=') ? "/a=." : ""));
  for (const char* word : {"-O2", "-Werror", "-S", "-o", "/dev/null", "-x", "c", "-"}) argv.emplace_back(word);
  const auto done = run_process(argv, "/", {"int answer(void); int answer(void) { return 42; }\n", {}});
  return done && done->exit_code == 0;
}

// A macro is accepted by any compiler; what it does is compared by the property tests of the flags.
bool can_be_refused(const FlagSupport& support, const Compiler& compiler) {
  return compiler.target.starts_with(support.machine) && !support.flag.starts_with("-D");
}

std::string agrees_with_installed_compilers() {
  std::string wrong;
  size_t answers = 0;
  for (const Words& driver : candidates()) {
    const auto compiler = ask(driver);
    if (!compiler) {
      fmt::print("left out: {} is not installed\n", fmt::join(driver, " "));
      continue;
    }
    for (const FlagSupport& support : flag_support()) {
      if (!can_be_refused(support, *compiler)) continue;
      ++answers;
      const auto lacks = lacks_flag(*compiler, support.flag);
      if (accepts(driver, support) == lacks.has_value())
        wrong += fmt::format("\n{} {} {} (told '{}')\n", fmt::join(driver, " "), lacks ? "accepts" : "refuses",
                             support.flag, lacks.value_or("has it"));
    }
  }
  fmt::print("{} answers of installed compilers\n", answers);
  return wrong + holds(answers > 0, "some compiler is installed");
}

std::string says_since_when() {
  const Compiler gcc{CompilerKind::kGcc, "12.2.0", 12, "aarch64-linux-gnu", ""};
  const Compiler clang{CompilerKind::kClang, "17.0.6", 17, "aarch64-unknown-linux-gnu", ""};
  const Compiler old{CompilerKind::kGcc, "4.8.5", 4, "x86_64-linux-gnu", ""};
  const Compiler less_old{CompilerKind::kGcc, "4.9.0", 4, "x86_64-linux-gnu", ""};
  const Compiler other{CompilerKind::kClang, "19.1.7", 19, "riscv64-unknown-linux-gnu", ""};
  return same(lacks_flag(gcc, "-fstrict-flex-arrays=3").value_or(""), "since GCC 13 / Clang 16") +
         same(lacks_flag(clang, "-fstack-clash-protection").value_or(""), "since GCC 8 / Clang 18") +
         same(lacks_flag(old, "-fstack-protector-strong").value_or(""), "since GCC 4.9 / Clang 3.5") +
         holds(!lacks_flag(less_old, "-fstack-protector-strong"), "4.9 has it") +
         same(lacks_flag(other, "-fstack-clash-protection").value_or(""), "not for riscv64-unknown-linux-gnu") +
         holds(!lacks_flag(old, "-O2"), "flags that are not listed are old");
}

std::string page_shows_the_table() {
  std::ifstream file(PROOFMARK_RULE_PAGES "/PMT002.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  std::string table = "| flag | machine | GCC | Clang |\n|---|---|---|---|\n";
  for (const FlagSupport& one : flag_support())
    table += fmt::format("| `{}` | {} | {} | {} |\n", one.flag, one.machine.empty() ? "any" : one.machine,
                         one.gcc.text(), one.clang.text());
  return holds(page.find("\n" + table + "\n") != std::string::npos, "PMT002.md has\n" + table);
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<agrees_with_installed_compilers>("agrees_with_installed_compilers"),
      named<says_since_when>("says_since_when"),
      named<page_shows_the_table>("page_shows_the_table"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
