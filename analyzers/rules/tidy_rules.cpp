// SPDX-License-Identifier: Apache-2.0
//
// The table of clang-tidy's checks. Levels follow what each said about real packages (docs/tidy.md): a check that is
// usually right is "should", one that is often beside the point "advisory", and what was mostly noise is not in the table.
#include "rules/tidy_rule.h"

#include <algorithm>

namespace proofmark::analyze {
namespace {

constexpr report::RuleInfo kRules[] = {
    {"PMC001", "android-cloexec-accept", "A connection is accepted with close-on-exec.", report::Level::kAdvisory, 403},
    {"PMC002", "android-cloexec-creat", "No file is made by creat, which cannot ask for close-on-exec.",
     report::Level::kAdvisory, 403},
    {"PMC003", "android-cloexec-dup", "Descriptors are copied with close-on-exec.", report::Level::kAdvisory, 403},
    {"PMC004", "android-cloexec-epoll-create", "An epoll instance is made with close-on-exec.",
     report::Level::kAdvisory, 403},
    {"PMC005", "android-cloexec-epoll-create1", "Each epoll_create1 asks for close-on-exec.", report::Level::kAdvisory,
     403},
    {"PMC006", "android-cloexec-fopen", "Each fopen asks for close-on-exec.", report::Level::kAdvisory, 403},
    {"PMC007", "android-cloexec-inotify-init", "An inotify instance is made with close-on-exec.",
     report::Level::kAdvisory, 403},
    {"PMC008", "android-cloexec-inotify-init1", "Each inotify_init1 asks for close-on-exec.", report::Level::kAdvisory,
     403},
    {"PMC009", "android-cloexec-memfd-create", "Each memfd_create asks for close-on-exec.", report::Level::kAdvisory,
     403},
    {"PMC010", "android-cloexec-open", "Each open asks for close-on-exec.", report::Level::kAdvisory, 403},
    {"PMC011", "android-cloexec-pipe", "A pipe is made with close-on-exec.", report::Level::kAdvisory, 403},
    {"PMC012", "android-cloexec-pipe2", "Each pipe2 asks for close-on-exec.", report::Level::kAdvisory, 403},
    {"PMC013", "android-comparison-in-temp-failure-retry",
     "What TEMP_FAILURE_RETRY repeats is the call, not a comparison of its result.", report::Level::kShould, 697},
    {"PMC014", "bugprone-bad-signal-to-kill-thread", "No thread is to be ended by SIGTERM, which ends the process.",
     report::Level::kShould, 705},
    {"PMC015", "bugprone-bool-pointer-implicit-conversion", "A pointer to bool is not tested where the bool was meant.",
     report::Level::kShould, 476},
    {"PMC016", "bugprone-chained-comparison", "No comparison compares the result of another.", report::Level::kShould,
     697},
    {"PMC017", "bugprone-dangling-handle", "No view outlives the text that it shows.", report::Level::kShould, 416},
    {"PMC018", "bugprone-implicit-widening-of-multiplication-result",
     "A product is computed in the width in which it is used.", report::Level::kAdvisory, 190},
    {"PMC019", "bugprone-inaccurate-erase", "What remove() leaves at the end is erased to the end.",
     report::Level::kShould, 670},
    {"PMC020", "bugprone-incorrect-roundings", "No number is rounded by adding one half.", report::Level::kShould, 682},
    {"PMC021", "bugprone-infinite-loop", "A loop changes what its condition looks at.", report::Level::kShould, 835},
    {"PMC022", "bugprone-integer-division", "No quotient of integers is used as a fraction.", report::Level::kShould,
     682},
    {"PMC023", "bugprone-macro-repeated-side-effects", "No macro does an argument's side effect twice.",
     report::Level::kShould, 670},
    {"PMC024", "bugprone-misplaced-operator-in-strlen-in-alloc",
     "The byte for the terminator is added to the length, not to the text.", report::Level::kMust, 131},
    {"PMC025", "bugprone-misplaced-pointer-arithmetic-in-alloc",
     "What is added to a size is not added to the pointer that the allocation gives.", report::Level::kMust, 131},
    {"PMC026", "bugprone-misplaced-widening-cast",
     "A cast widens the operands, not a result that is already too small.", report::Level::kAdvisory, 190},
    {"PMC027", "bugprone-multiple-statement-macro",
     "No macro of several statements is the body of an if or a loop without braces.", report::Level::kShould, 483},
    {"PMC028", "bugprone-not-null-terminated-result", "A text that is copied by its length gets its terminator.",
     report::Level::kAdvisory, 170},
    {"PMC029", "bugprone-posix-return", "The result of a function that gives an error number is not compared with -1.",
     report::Level::kShould, 253},
    {"PMC030", "bugprone-redundant-branch-condition",
     "An inner if does not ask again what the outer one has just answered.", report::Level::kShould, 571},
    {"PMC031", "bugprone-shared-ptr-array-mismatch", "A shared_ptr to an array deletes an array.",
     report::Level::kShould, 762},
    {"PMC032", "bugprone-signed-char-misuse", "A char that may be negative does not become an int by itself.",
     report::Level::kAdvisory, 194},
    {"PMC033", "bugprone-sizeof-container", "The size of a container is not asked by sizeof.", report::Level::kShould,
     467},
    {"PMC034", "bugprone-sizeof-expression", "sizeof asks for the size that was meant.", report::Level::kShould, 467},
    {"PMC035", "bugprone-spuriously-wake-up-functions", "Whoever waits for a condition asks for it again when woken.",
     report::Level::kShould, 667},
    {"PMC036", "bugprone-string-constructor", "A string is made of the text and length that were meant.",
     report::Level::kShould, 628},
    {"PMC037", "bugprone-suspicious-memory-comparison", "No structure with padding is compared as bytes.",
     report::Level::kAdvisory, 188},
    {"PMC038", "bugprone-suspicious-memset-usage", "memset gets a byte and a length, in this order.",
     report::Level::kShould, 628},
    {"PMC039", "bugprone-suspicious-missing-comma", "No comma is missing between the texts of a list.",
     report::Level::kShould, 628},
    {"PMC040", "bugprone-suspicious-realloc-usage", "The old block is not lost when realloc fails.",
     report::Level::kShould, 401},
    {"PMC041", "bugprone-suspicious-semicolon", "No if or loop ends with a stray semicolon.", report::Level::kShould,
     483},
    {"PMC042", "bugprone-suspicious-string-compare", "The result of a comparison of texts is compared with 0 only.",
     report::Level::kShould, 253},
    {"PMC043", "bugprone-swapped-arguments", "No two arguments are swapped.", report::Level::kShould, 683},
    {"PMC044", "bugprone-switch-missing-default-case", "A switch says what happens for every other value.",
     report::Level::kOff, 478},
    {"PMC045", "bugprone-terminating-continue", "No continue stands in a do loop that ends with while (false).",
     report::Level::kShould, 670},
    {"PMC046", "bugprone-throw-keyword-missing", "An exception that is made is thrown.", report::Level::kShould, 390},
    {"PMC047", "bugprone-too-small-loop-variable", "The variable of a loop can reach its bound.",
     report::Level::kAdvisory, 835},
    {"PMC048", "bugprone-undefined-memory-manipulation",
     "No object with a constructor of its own is filled or copied as bytes.", report::Level::kShould, 758},
    {"PMC049", "bugprone-undelegated-constructor", "A constructor that means another one delegates to it.",
     report::Level::kShould, 665},
    {"PMC050", "bugprone-unused-raii", "A guard has a name.", report::Level::kShould, 667},
    {"PMC051", "bugprone-use-after-move", "What was moved away is not used before it is set again.",
     report::Level::kShould, 672},
    {"PMC052", "cert-err33-c", "The error that a function of the C library returns is looked at.", report::Level::kOff,
     252},
    {"PMC053", "cert-err34-c", "A number is read from text by a function that can report errors.",
     report::Level::kShould, 391},
    {"PMC054", "cert-msc32-c", "A generator of random numbers has no seed that can be guessed.", report::Level::kShould,
     337},
    {"PMC055", "concurrency-thread-canceltype-asynchronous", "No thread can be cancelled at just any instruction.",
     report::Level::kShould, 667},
    {"PMC056", "misc-no-recursion", "No function calls itself, directly or by others.", report::Level::kAdvisory, 674},
    {"PMC057", "misc-non-copyable-objects", "No object is copied that works only at its own address.",
     report::Level::kShould, 664},
    {"PMC058", "misc-redundant-expression", "No operator has the same operand on both sides.", report::Level::kAdvisory,
     480},
    {"PMC059", "readability-suspicious-call-argument",
     "Arguments stand in the order of the parameters whose names they resemble.", report::Level::kAdvisory, 683},
};

constexpr TidyOption kOptions[] = {
    {"bugprone-implicit-widening-of-multiplication-result.IgnoreConstantIntExpr", "true"},
    {"bugprone-suspicious-string-compare.WarnOnImplicitComparison", "false"},
};

}  // namespace

std::span<const report::RuleInfo> tidy_rules() {
  return kRules;
}

std::span<const TidyOption> tidy_options() {
  return kOptions;
}

const report::RuleInfo* tidy_rule_for(std::string_view check) {
  const auto found = std::ranges::find(kRules, check, &report::RuleInfo::name);
  return found == std::end(kRules) ? nullptr : &*found;
}

}  // namespace proofmark::analyze
