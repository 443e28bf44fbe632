// SPDX-License-Identifier: Apache-2.0
//
// The escapes of dependency files.
#include "tool/depfile.h"

#include "report/check.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;

std::string escapes_what_make_would_split() {
  return same(to_depfile("out.json", {"/a b.c", "/c$d.h", "/e#f.h"}),
              "out.json: \\\n  /a\\ b.c \\\n  /c$$d.h \\\n  /e\\#f.h\n");
}
std::string works_without_files() {
  return same(to_depfile("o", {}), "o:\n");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<escapes_what_make_would_split>("escapes_what_make_would_split"),
      named<works_without_files>("works_without_files"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
