// SPDX-License-Identifier: Apache-2.0
//
// Option families, relevant flags and the parse view.
#include "compile/options.h"

#include <fmt/ranges.h>

#include "compile/parse_view.h"
#include "report/check.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;

std::string explain(const char* line) {
  return find_request(split_words(line), {"-fon"}, {"-foff*"}).explain("none");
}
std::string explains_what_won() {
  return same(explain("-O2"), "not requested, effective none") +
         same(explain("-foff"), "requested -foff, effective none") +
         same(explain("-foff -fon"), "requested -fon, effective none") +
         same(explain("-fon -foff-all"), "requested -fon, effective none: later -foff-all wins") +
         same(explain("-fon -foff -fon"), "requested -fon, effective none");
}
std::string keeps_every_word_of_the_family() {
  return same(find_request(split_words("-fon -O2 -foff -fon"), {"-fon"}, {"-foff*"}).words, "-fon -foff -fon") +
         same(find_macro_request(split_words("-D F=2 -DG -UF"), "F").words, "-DF=2 -UF");
}
std::string last_definition_counts() {
  const auto value = [](const char* line) { return requested_macro(split_words(line), "F"); };
  return same(value("-DF=2 -DF=3"), "3") + same(value("-DF=3 -UF"), "") + same(value("-UF -D F=3"), "3") +
         same(value("-DF"), "1") + same(value("-DFF=3"), "");
}

std::string relevant(const char* line) {
  Unit unit;
  unit.flags = split_words(line);
  return fmt::format("{}", fmt::join(relevant_flags(unit), " "));
}
std::string question_runs_and_writes_nothing() {
  return same(
      relevant("-O2 -o x.o -c -MD -MF x.d -save-temps -fplugin=evil.so -wrapper evil,-x -Xclang -load -Xclang e.so "
               "-fprofile-generate -fPIE"),
      "-O2 -fPIE");
}
std::string question_ignores_what_no_rule_reads() {
  return same(relevant("-DA=1 -D B -D_FORTIFY_SOURCE=3 -U A -Idir -I dir -Wall -w -std=c11"),
              "-D_FORTIFY_SOURCE=3 -std=c11");
}
std::string forced_includes_keep_their_search_path() {
  return same(relevant("-Idir -include config.h -DA"), "-Idir -include config.h");
}

std::string view(const char* line, CompilerKind kind) {
  Unit unit;
  unit.source = "a.c";
  unit.language = Language::kC;
  unit.flags = split_words(line);
  EffectiveFlags effective;
  effective.compiler.kind = kind;
  effective.compiler.major = 12;
  effective.compiler.target = "aarch64-linux-gnu";
  const Words words = make_parse_view(unit, effective, {"/res", {"format"}, true});
  return fmt::format(" {} ", fmt::join(words, " "));
}
std::string view_drops_what_clang_cannot_take() {
  const std::string words =
      view("-DA -fconserve-stack -mabi=lp64 -fno-ipa-sra -march=armv8-a -Werror -w -g", CompilerKind::kGcc);
  std::string wrong;
  for (const char* gone : {"-fconserve-stack", "-mabi", "-fno-ipa-sra", " -Werror ", " -w ", " -g "})
    wrong += holds(words.find(gone) == std::string::npos, std::string(gone) + " is dropped");
  for (const char* kept : {" -DA ", " -march=armv8-a ", " --target=aarch64-linux-gnu ", " -Werror=format ",
                           " -U__clang__ ", " -fgnuc-version=10.2.1 ", " -U_FORTIFY_SOURCE "})
    wrong += holds(words.find(kept) != std::string::npos, std::string(kept) + " is there");
  return wrong;
}
std::string view_keeps_clangs_own_warnings() {
  const std::string words = view("-Wall -Werror -w", CompilerKind::kClang);
  return holds(words.find(" -Wall -Werror ") != std::string::npos, "-Werror is kept") +
         holds(words.find(" -w ") == std::string::npos, "-w is dropped") +
         holds(words.find("-U__clang__") == std::string::npos, "Clang is not hidden");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<explains_what_won>("explains_what_won"),
      named<keeps_every_word_of_the_family>("keeps_every_word_of_the_family"),
      named<last_definition_counts>("last_definition_counts"),
      named<question_runs_and_writes_nothing>("question_runs_and_writes_nothing"),
      named<question_ignores_what_no_rule_reads>("question_ignores_what_no_rule_reads"),
      named<forced_includes_keep_their_search_path>("forced_includes_keep_their_search_path"),
      named<view_drops_what_clang_cannot_take>("view_drops_what_clang_cannot_take"),
      named<view_keeps_clangs_own_warnings>("view_keeps_clangs_own_warnings"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
