// SPDX-License-Identifier: Apache-2.0
//
// Link steps: found in shell lines, read out of -###, and the linkers' rules of order.
#include <fmt/ranges.h>

#include "compile/link_effective.h"
#include "report/check.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;

EffectiveLink bfd(const char* line) {
  return interpret_linker_words(split_words(line), LinkerKind::kBfd, true);
}
EffectiveLink lld(const char* line) {
  return interpret_linker_words(split_words(line), LinkerKind::kLld, true);
}

std::string finds_links_in_shell_lines() {
  const auto links =
      find_links(split_words(": && cd sub && ccache /usr/bin/cc -pie a.o -o prog && ar qc x.a a.o ; cc -c b.c "
                             "&& ld.bfd -o raw b.o && cc --version && :"),
                 "/build");
  if (links.size() != 2) return fmt::format("found {} links", links.size());
  return same(links[0].absolute_target().string(), "/build/sub/prog") + same(links[0].arguments[0], "/usr/bin/cc") +
         same(links[1].target, "raw");
}
std::string knows_linkers() {
  for (const char* name : {"ld", "ld.bfd", "ld.lld-19", "/usr/bin/aarch64-linux-gnu-ld.gold", "mold", "ld.lld"})
    if (!is_known_linker(name)) return std::string(name) + " is unknown";
  for (const char* name : {"ldd", "world", "gcc", "ar", "ld.so", ""})
    if (is_known_linker(name)) return std::string(name) + " is taken for a linker";
  return {};
}
std::string last_keyword_counts() {
  return holds(bfd("ld -z relro -z now").bind_now, "now") + holds(!bfd("ld -znow -zlazy").bind_now, "lazy") +
         holds(!lld("ld -z relro -z norelro").relro, "norelro") +
         holds(!bfd("ld -N -z relro").relro, "-N beats relro") +
         holds(bfd("ld -N --no-omagic").relro, "--no-omagic gives it back");
}
std::string output_kind_follows_each_linker() {
  return holds(bfd("ld -shared -no-pie").output == LinkOutput::kExecutable, "BFD: the last counts") +
         holds(lld("ld -shared -no-pie").output == LinkOutput::kShared, "lld: -shared stays") +
         holds(bfd("ld -pie -r").output == LinkOutput::kRelocatable, "-r");
}
std::string stack_and_text_defaults_differ() {
  return holds(bfd("ld a.o").stack == StackNote::kByObjects, "BFD asks the objects") +
         holds(lld("ld a.o").stack == StackNote::kNotExecutable, "lld does not") +
         holds(lld("ld -z textoff").text == TextRelocations::kRefused, "lld does not know textoff") +
         holds(bfd("ld -z textoff").text == TextRelocations::kAllowed, "BFD does");
}
std::string as_needed_counts_for_what_follows() {
  const auto list = [](const EffectiveLink& link) { return fmt::format("{}", fmt::join(link.always_needed, " ")); };
  return same(list(bfd("ld -la --as-needed -lb --push-state --no-as-needed -lc --pop-state -ld x.so")), "-la -lc") +
         same(list(bfd("ld -Bstatic -la -Bdynamic -lb lib/y.so.1")), "-lb lib/y.so.1");
}
std::string run_paths_add_up() {
  const auto list = [](const EffectiveLink& link) { return fmt::format("{}", fmt::join(link.run_paths, " ")); };
  return same(list(bfd("ld -rpath /a --rpath=/b -R /c -R/d -rpath-link /e")), "/a /b /c /d");
}
std::string requests_are_one_word_each() {
  const auto words = linker_requests(split_words("cc -Wl,-z,now,-rpath,/x -z lazy -Xlinker -zrelro -pie"));
  return same(fmt::format("{}", fmt::join(words, "|")), "-z now|-rpath|/x|-z lazy|-z relro|-pie");
}
std::string question_has_no_inputs() {
  const auto words = link_question(split_words("cc a.o lib/b.a -L lib -lm ../c.so.2 -T x.ld -o out -pie -Wl,-Map=m"));
  return same(fmt::format("{}", fmt::join(words, " ")), "-lm -l:c.so.2 -pie");
}
std::string reads_drivers_answers() {
  const char gcc[] = "Target: x\n /lib/gcc/collect2 \"-plugin\" -pie -o a\nCOLLECT_GCC_OPTIONS='-o'\n";
  const char clang[] = "clang version 19\n \"/usr/bin/ld.lld\" \"-pie\" \"-z\" \"now\"\n";
  return same(linker_words(gcc).at(2), "-pie") + same(linker_words(clang).at(3), "now") +
         holds(linker_words("\n \n x\n").empty(), "nothing");
}
std::string answers_survive_json_and_nothing_else_does() {
  const auto link = lld("ld -shared -z now -rpath /x -lm");
  const auto json = to_json(link);
  const auto back = link_from_json(json);
  if (!back) return back.error().message;
  std::string wrong = same(to_json(*back).dump(), json.dump());
  for (const auto& [key, value] : json.items()) {
    auto damaged = json;
    damaged[key] = nlohmann::json::array({1});
    wrong += holds(!link_from_json(damaged), key + " is checked");
    damaged.erase(key);
    wrong += holds(!link_from_json(damaged), key + " is needed");
  }
  return wrong + holds(!link_from_json("text"), "a text is no answer");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<finds_links_in_shell_lines>("finds_links_in_shell_lines"),
      named<knows_linkers>("knows_linkers"),
      named<last_keyword_counts>("last_keyword_counts"),
      named<output_kind_follows_each_linker>("output_kind_follows_each_linker"),
      named<stack_and_text_defaults_differ>("stack_and_text_defaults_differ"),
      named<as_needed_counts_for_what_follows>("as_needed_counts_for_what_follows"),
      named<run_paths_add_up>("run_paths_add_up"),
      named<requests_are_one_word_each>("requests_are_one_word_each"),
      named<question_has_no_inputs>("question_has_no_inputs"),
      named<reads_drivers_answers>("reads_drivers_answers"),
      named<answers_survive_json_and_nothing_else_does>("answers_survive_json_and_nothing_else_does"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
