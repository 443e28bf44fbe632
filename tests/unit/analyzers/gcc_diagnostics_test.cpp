// SPDX-License-Identifier: Apache-2.0
//
// GCC's own diagnostics: the command that asks for them, what is read of its answer, and that an answer of any other shape
// does no harm.
#include "compile/gcc_diagnostics.h"

#include <fmt/ranges.h>

#include "report/check.h"
#include "rules/gcc_rule.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;

std::string command_for(const char* flags, int major = 12) {
  Unit unit;
  unit.driver = "gcc";
  unit.source = "src/a.c";
  unit.language = Language::kC;
  unit.flags = split_words(flags);
  EffectiveFlags effective;
  effective.compiler.major = major;
  if (std::string_view(flags).find("-D_FORTIFY_SOURCE") != std::string_view::npos)
    effective.macros["_FORTIFY_SOURCE"] = "2";
  return fmt::format("{}", fmt::join(gcc_diagnostics_command(unit, effective, {"-Wrestrict", "-fanalyzer"}), " "));
}

std::string asks_with_the_units_flags_and_no_output() {
  const char* tail =
      " -Wrestrict -fanalyzer -Wno-error -Wno-fatal-errors -fno-lto -fdiagnostics-format=json -S -o /dev/null -x c "
      "src/a.c";
  const std::string line = tail;
  return same(command_for("-O2 -I inc -DX=1 -c -o a.o -MD -MF a.d"), "gcc -O2 -I inc -DX=1 -U_FORTIFY_SOURCE" + line) +
         same(command_for("-D_FORTIFY_SOURCE=2"),
              "gcc -D_FORTIFY_SOURCE=2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=0" + line) +
         same(command_for("-w -Wall -Wno-restrict -Werror -pedantic-errors -flto=4"), "gcc -U_FORTIFY_SOURCE" + line) +
         same(command_for("-fstack-usage --coverage -fplugin=x.so -wrapper gdb -fdump-tree-all"),
              "gcc -U_FORTIFY_SOURCE" + line) +
         holds(command_for("", 14).find(" -fno-diagnostics-json-formatting ") != std::string::npos,
               "14 stays on a line");
}

std::string words(int major, bool is_c = true) {
  return fmt::format(" {} ", fmt::join(gcc_warning_words(major, is_c), " "));
}
std::string asks_for_what_the_version_has() {
  const auto has = [](const std::string& all, const char* word) { return all.find(word) != std::string::npos; };
  return holds(!has(words(9), " -fanalyzer "), "9 has no analyzer") +
         holds(has(words(10), " -fanalyzer "), "10 has one") +
         holds(!has(words(13, false), " -fanalyzer "), "for C only") +
         holds(has(words(14, false), " -fanalyzer "), "until 14") +
         holds(!has(words(11), " -Wuse-after-free=2 "), "-Wuse-after-free is later than 11") +
         holds(has(words(12), " -Wuse-after-free=2 "), "12 has -Wuse-after-free") +
         holds(!has(words(10), "overread"), "-Wstringop-overread is later than 10");
}

// Reads and writes down what was read.
std::string read(const std::string& text) {
  const auto said = read_gcc_diagnostics(text, "/w");
  if (!said) return said.error().message;
  std::string out;
  for (const GccDiagnostic& one : *said) {
    out += fmt::format("{}{}:{}:{} {} {} {};", one.is_error ? "E " : "", one.where.file, one.where.line,
                       one.where.column, one.option, one.message, one.cwe);
    for (const auto& step : one.path) out += fmt::format(" {}:{} {};", step.where.file, step.where.line, step.message);
  }
  return out;
}

std::string place(const char* file, int line) {
  return fmt::format(R"({{"file":"{}","line":{},"column":3,"byte-column":4,"display-column":5}})", file, line);
}

std::string reads_warnings_paths_and_notes() {
  const std::string warning =
      R"({"kind":"warning","option":"-Wanalyzer-double-free","message":"m","metadata":{"cwe":415},"locations":[{"caret":)" +
      place("a.c", 7) + R"(}],"children":[{"kind":"note","message":"child","locations":[{"caret":)" + place("/h.h", 2) +
      R"(}]}],"path":[{"location":)" + place("../b.c", 5) + R"(,"description":"first","depth":1}]})";
  const std::string note = R"({"kind":"note","message":"sibling","locations":[{"caret":)" + place("a.c", 8) + "}]}";
  return same(read("[" + warning + "," + note + "]\n"),
              "/w/a.c:7:4 -Wanalyzer-double-free m 415; /b.c:5 first; /h.h:2 child; /w/a.c:8 sibling;") +
         same(read("gcc: a word\n[]\n"), "") +
         same(read(R"([{"kind":"warning","option":"-Werror=format-overflow=","message":"x"}])"),
              ":0:0 -Wformat-overflow x 0;") +
         same(read(R"([{"kind":"fatal error","message":"no file"}])"), "E :0:0  no file 0;");
}

std::string odd_answers_do_no_harm() {
  std::string wrong = same(read(""), "it says nothing that is JSON") +
                      same(read("Segmentation fault\n"), "it says nothing that is JSON") +
                      same(read("[{\"kind\":\n"), "what it says is no JSON") +
                      same(read("[\"\xff\"]\n"), "what it says is no JSON") +
                      same(read("[" + std::string(100'000, '[')), "what it says is no JSON");
  for (const char* odd :
       {R"([1,null,"x",[],{}])", R"([{"kind":"note","message":"of nothing"}])",
        R"([{"kind":5,"option":[],"message":{}}])", R"([{"locations":{}}])", R"([{"locations":[]}])",
        R"([{"locations":[7]}])", R"([{"locations":[{"caret":[]}]}])",
        R"([{"locations":[{"caret":{"file":3,"line":"x"}}]}])", R"([{"path":{}}])", R"([{"path":[1,{"location":2}]}])",
        R"([{"metadata":3}])", R"([{"metadata":{"cwe":-1}}])", R"([{"children":[[[]]]}])"})
    wrong += holds(read_gcc_diagnostics(odd, "/w").has_value(), odd);
  wrong += same(read(R"([{"kind":"warning","message":"a\u001b[2J\nb\u0000c"}])"), ":0:0  a [2J b c 0;");
  return wrong +
         same(read(R"([{"metadata":{"cwe":99999999999},"locations":[{"caret":{"file":"<built-in>","line":1}}]}])"),
              ":0:0   0;");
}

std::string long_paths_keep_their_end() {
  std::string text = R"([{"kind":"warning","path":[)";
  for (int i = 1; i <= 5000; ++i) text += (i == 1 ? "" : ",") + (R"({"location":)" + place("a.c", i) + "}");
  const auto said = read_gcc_diagnostics(text + "]}]", "/w");
  return holds(said && said->size() == 1 && (*said)[0].path.size() == 200 && (*said)[0].path.back().where.line == 5000,
               "the last 200 steps are kept");
}

std::string rule_of(const char* option) {
  const auto* rule = gcc_rule_for(option);
  return rule == nullptr ? "none" : std::string(rule->id);
}
std::string options_have_rules() {
  return same(rule_of("-Wanalyzer-double-free"), "PMG007") + same(rule_of("-Wstringop-overflow"), "PMG001") +
         same(rule_of("-Wanalyzer-invented-tomorrow"), "PMG020") + same(rule_of("-Wanalyzer-too-complex"), "none") +
         same(rule_of("-Wint-conversion"), "none") + same(rule_of(""), "none");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<asks_with_the_units_flags_and_no_output>("asks_with_the_units_flags_and_no_output"),
      named<asks_for_what_the_version_has>("asks_for_what_the_version_has"),
      named<reads_warnings_paths_and_notes>("reads_warnings_paths_and_notes"),
      named<odd_answers_do_no_harm>("odd_answers_do_no_harm"),
      named<long_paths_keep_their_end>("long_paths_keep_their_end"),
      named<options_have_rules>("options_have_rules"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
