// SPDX-License-Identifier: Apache-2.0
//
// The table of what GCC finds. Levels follow what was read on real packages (docs/gcc.md). Not in it, because other rules
// say the same whatever the compiler: -Wbidi-chars (PMS414) and -Wtrampolines (PMS403).
#include "rules/gcc_rule.h"

#include <algorithm>

namespace proofmark::analyze {
namespace {

constexpr report::RuleInfo kRules[] = {
    {"PMG001", "gcc-buffer-overflow", "GCC sees no write beyond the end of a buffer.", report::Level::kShould, 787},
    {"PMG002", "gcc-buffer-overread", "GCC sees no read beyond the end of a buffer.", report::Level::kShould, 125},
    {"PMG003", "gcc-array-bounds", "GCC sees no index or offset outside of an object.", report::Level::kShould, 119},
    {"PMG004", "gcc-format-overflow", "GCC sees no formatted text that is longer than its buffer.",
     report::Level::kShould, 120},
    {"PMG005", "gcc-truncation", "GCC sees no text that is cut off unnoticed.", report::Level::kAdvisory, 222},
    {"PMG006", "gcc-use-after-free", "GCC sees no use of memory that was freed.", report::Level::kShould, 416},
    {"PMG007", "gcc-double-free", "GCC sees nothing that is freed or closed twice.", report::Level::kShould, 415},
    {"PMG008", "gcc-bad-free", "GCC sees nothing freed that was not allocated, or not in this way.",
     report::Level::kShould, 590},
    {"PMG009", "gcc-dangling-pointer", "GCC sees no pointer that outlives the local object that it points to.",
     report::Level::kShould, 562},
    {"PMG010", "gcc-null-pointer", "GCC sees no null pointer that is used.", report::Level::kAdvisory, 476},
    {"PMG011", "gcc-unchecked-allocation", "GCC sees no allocation that is used before it is known to have succeeded.",
     report::Level::kShould, 690},
    {"PMG012", "gcc-uninitialized", "GCC sees no value that is used before it is set.", report::Level::kAdvisory, 457},
    {"PMG013", "gcc-memory-leak", "GCC sees no memory that is lost before it is freed.", report::Level::kAdvisory, 401},
    {"PMG014", "gcc-resource-leak", "GCC sees no file or descriptor that is lost before it is closed.",
     report::Level::kShould, 775},
    {"PMG015", "gcc-allocation-size", "GCC sees no allocation of a size that cannot be meant.", report::Level::kShould,
     789},
    {"PMG016", "gcc-overlap", "GCC sees no copy between objects that overlap and must not.", report::Level::kShould,
     475},
    {"PMG017", "gcc-fallthrough", "A case of a switch falls into the next one only where it says so.",
     report::Level::kAdvisory, 484},
    {"PMG018", "gcc-signal-handler", "GCC sees no call from a signal handler that is not safe there.",
     report::Level::kShould, 479},
    {"PMG019", "gcc-shift", "GCC sees no shift by a negative count, or by more than the value is wide.",
     report::Level::kShould, 1335},
    {"PMG020", "gcc-other-report", "GCC's analyzer reports nothing that no other rule covers.",
     report::Level::kAdvisory, 710},
};

struct Option {
  std::string_view name;  // as GCC gives it, without a value
  std::string_view rule;
  std::string_view word = "";  // what asks for it; empty: it comes with -fanalyzer, or by itself
  int since = 9;               // first GCC that knows the word
};

constexpr Option kOptions[] = {
    {"-Wstringop-overflow", "PMG001", "-Wstringop-overflow=4"},
    {"-Wanalyzer-out-of-bounds", "PMG001"},
    {"-Wstringop-overread", "PMG002", "-Wstringop-overread", 11},
    {"-Warray-bounds", "PMG003", "-Warray-bounds=2"},
    {"-Wformat-overflow", "PMG004", "-Wformat-overflow"},
    {"-Wformat-truncation", "PMG005", "-Wformat-truncation"},
    {"-Wstringop-truncation", "PMG005", "-Wstringop-truncation"},
    {"-Wuse-after-free", "PMG006", "-Wuse-after-free=2", 12},
    {"-Wanalyzer-use-after-free", "PMG006"},
    {"-Wanalyzer-fd-use-after-close", "PMG006"},
    {"-Wanalyzer-double-free", "PMG007"},
    {"-Wanalyzer-double-fclose", "PMG007"},
    {"-Wanalyzer-fd-double-close", "PMG007"},
    {"-Wfree-nonheap-object", "PMG008", "-Wfree-nonheap-object"},
    {"-Wmismatched-dealloc", "PMG008", "-Wmismatched-dealloc", 11},
    {"-Wanalyzer-free-of-non-heap", "PMG008"},
    {"-Wanalyzer-mismatching-deallocation", "PMG008"},
    {"-Wdangling-pointer", "PMG009", "-Wdangling-pointer", 12},
    {"-Wreturn-local-addr", "PMG009", "-Wreturn-local-addr"},
    {"-Wanalyzer-use-of-pointer-in-stale-stack-frame", "PMG009"},
    {"-Wanalyzer-stale-setjmp-buffer", "PMG009"},
    {"-Wanalyzer-putenv-of-auto-var", "PMG009"},
    {"-Wnonnull", "PMG010", "-Wnonnull"},
    {"-Wanalyzer-null-dereference", "PMG010"},
    {"-Wanalyzer-null-argument", "PMG010"},
    {"-Wanalyzer-jump-through-null", "PMG010"},
    {"-Wanalyzer-deref-before-check", "PMG010"},
    {"-Wanalyzer-possible-null-dereference", "PMG011"},
    {"-Wanalyzer-possible-null-argument", "PMG011"},
    {"-Wmaybe-uninitialized", "PMG012", "-Wmaybe-uninitialized"},
    {"-Wuninitialized", "PMG012", "-Wuninitialized"},
    {"-Wanalyzer-use-of-uninitialized-value", "PMG012"},
    {"-Wanalyzer-exposure-through-uninit-copy", "PMG012"},
    {"-Wanalyzer-malloc-leak", "PMG013"},
    {"-Wanalyzer-file-leak", "PMG014"},
    {"-Wanalyzer-fd-leak", "PMG014"},
    {"-Wanalyzer-va-list-leak", "PMG014"},
    {"-Walloc-size-larger-than", "PMG015"},
    {"-Wanalyzer-allocation-size", "PMG015"},
    {"-Wanalyzer-tainted-allocation-size", "PMG015"},
    {"-Wrestrict", "PMG016", "-Wrestrict"},
    {"-Wanalyzer-overlapping-buffers", "PMG016"},
    {"-Wimplicit-fallthrough", "PMG017", "-Wimplicit-fallthrough"},
    {"-Wanalyzer-unsafe-call-within-signal-handler", "PMG018"},
    {"-Wanalyzer-shift-count-negative", "PMG019"},
    {"-Wanalyzer-shift-count-overflow", "PMG019"},
};

constexpr std::string_view kOtherReport = "PMG020";

const report::RuleInfo* rule_called(std::string_view id) {
  const auto found = std::ranges::find(kRules, id, &report::RuleInfo::id);
  return found == std::end(kRules) ? nullptr : &*found;
}

// What the analyzer says of itself.
bool is_about_analyzer(std::string_view option) {
  return option == "-Wanalyzer-too-complex" || option == "-Wanalyzer-symbol-too-complex";
}

}  // namespace

std::span<const report::RuleInfo> gcc_rules() {
  return kRules;
}

const report::RuleInfo* gcc_rule_for(std::string_view option) {
  const auto found = std::ranges::find(kOptions, option, &Option::name);
  if (found != std::end(kOptions)) return rule_called(found->rule);
  const bool is_other = option.starts_with("-Wanalyzer-") && !is_about_analyzer(option);
  return is_other ? rule_called(kOtherReport) : nullptr;
}

std::vector<std::string> gcc_warning_words(int major, bool is_c) {
  constexpr int kFirstAnalyzer = 10, kFirstOfCxx = 14;
  std::vector<std::string> words;
  for (const Option& option : kOptions)
    if (!option.word.empty() && major >= option.since) words.emplace_back(option.word);
  if (major >= (is_c ? kFirstAnalyzer : kFirstOfCxx)) words.emplace_back("-fanalyzer");
  return words;
}

}  // namespace proofmark::analyze
