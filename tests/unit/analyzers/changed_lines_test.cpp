// SPDX-License-Identifier: Apache-2.0
//
// Reading of git's unified diff, and which findings belong to a change. That git is asked the right questions is tested
// with a real repository, in tests/e2e/ci.
#include "tool/changed_lines.h"
#include "report/check.h"

namespace proofmark::test {
namespace {

using analyze::ChangedLines;
using report::Reviewed;

ChangedLines read(std::string_view diff) {
  ChangedLines changes;
  changes.read_diff(diff, "/top");
  return changes;
}

// The changed lines of a file from 1 to 20, as dots and hashes.
std::string lines(const ChangedLines& changes, const std::string& file) {
  std::string picture;
  for (unsigned line = 1; line <= 20; ++line) picture += changes.touches(file, line) ? '#' : '.';
  return picture;
}

constexpr std::string_view kDiff = R"(diff --git a/src/a.c b/src/a.c
index 1..2 100644
--- a/src/a.c
+++ b/src/a.c
@@ -3 +3,2 @@ int f(void)
--- a/not/a/header
+++ b/not/a/header
+second
@@ -9,2 +10,0 @@
-gone
-gone
\ No newline at end of file
@@ -15,0 +17 @@
+one
diff --git a/old.c b/new.c
similarity index 90%
rename from old.c
rename to new.c
--- a/old.c
+++ b/new.c
@@ -1 +1 @@
-x
+y
diff --git a/deleted.c b/deleted.c
--- a/deleted.c
+++ /dev/null
@@ -1 +0,0 @@
-x
)";

std::string hunks_become_lines() {
  const ChangedLines changes = read(kDiff);
  return same(lines(changes, "/top/src/a.c"), "..##.....##.....#...") +
         same(lines(changes, "/top/new.c"), "#...................") +
         same(lines(changes, "/top/not/a/header"), "....................") +
         same(lines(changes, "/top/deleted.c"), "....................");
}

std::string quoted_names_are_read() {
  const ChangedLines changes = read(
      "+++ \"b/a\\t\\\"\\\\\\303\\274.c\"\n@@ -1 +1 @@\n-x\n+y\n"
      "+++ b/with blank.c\t\n@@ -1 +2 @@\n-x\n+y\n");
  return holds(changes.touches("/top/a\t\"\\\xC3\xBC.c", 1), "a name in quotes") +
         holds(changes.touches("/top/with blank.c", 2), "a name with a blank");
}

std::string damaged_diffs_are_survived() {
  for (const char* const diff : {"@@", "@@ ", "@@ - + @@", "@@ -1,4294967295 +1,4294967295 @@", "+++ \"b/\\",
                                 "+++ b/x\n@@ -1 +1,5", "+++ \"b/\\3", "\\", "@@ -99999999999999999999 +1 @@"})
    read(diff);
  return {};
}

Reviewed at(const std::string& file, unsigned line, const char* rule = "PMS101") {
  Reviewed one;
  one.finding.rule = rule;
  one.finding.where = {file, line, 1};
  return one;
}

std::string judged(std::vector<Reviewed> findings) {
  read(kDiff).apply(findings);
  std::string letters;
  for (const Reviewed& one : findings) letters += report::novelty_name(one.novelty).substr(0, 1);
  return letters;
}

std::string only_changed_lines_are_new() {
  Reviewed called = at("/top/src/a.c", 20);
  called.finding.path = {{{"/top/other.c", 5, 1}, "calling"}, {{"/top/src/a.c", 4, 1}, "assigned here"}};
  Reviewed known = at("/top/src/a.c", 3);
  known.novelty = report::Novelty::kKnown;
  return same(judged({at("/top/src/a.c", 3), at("/top/src/a.c", 5), at("/top/other.c", 3)}), "nee") +
         same(judged({called}), "n") + same(judged({known}), "k");
}

// What a flag, a link step or a toolchain lost is on no line; a finding about a waiver says that others may be missing.
std::string findings_without_a_line_stay_new() {
  return same(
      judged({at("/top/other.c", 0), at("", 0), at("/top/other.c", 3, "PMX001"), at("/top/other.c", 3, "PMT001")}),
      "nnnn");
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {named<hunks_become_lines>("hunks_become_lines"),
                              named<quoted_names_are_read>("quoted_names_are_read"),
                              named<damaged_diffs_are_survived>("damaged_diffs_are_survived"),
                              named<only_changed_lines_are_new>("only_changed_lines_are_new"),
                              named<findings_without_a_line_stay_new>("findings_without_a_line_stay_new")};
  return cmocka_run_group_tests_name("changed lines", tests, nullptr, nullptr);
}
