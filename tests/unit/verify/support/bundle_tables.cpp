// SPDX-License-Identifier: Apache-2.0
//
// Writes the tables of the unit test to files, for readers that run elsewhere: DIR/sound (ends with PM_REFUSED_BUNDLE_END) and
// DIR/<number of the refusal>-<name> for each defect.
//
//   proofmark-test-bundle-tables DIR
#include <cstdio>
#include <fstream>
#include <string>

#include "bundle_table.h"

using namespace proofmark::verify_test;

namespace {

bool write_table(const Table& table, const std::string& path) {
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(table.bytes), static_cast<std::streamsize>(table.size));
  return static_cast<bool>(out.flush());
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const std::string folder = std::string(arguments[1]) + "/";
  static Table table;
  make_sample(&table);
  bool good = write_table(table, folder + "sound");
  for (unsigned i = 0; i < kTableCaseCount; ++i) {
    make_sample(&table);
    kTableCases[i].change(&table);
    good = good && write_table(table, folder + std::to_string(kTableCases[i].expected) + "-" + kTableCases[i].name);
  }
  std::printf("%u tables\n", kTableCaseCount + 1);
  return good ? 0 : 3;
}
