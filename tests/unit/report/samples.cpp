// SPDX-License-Identifier: Apache-2.0
//
// The findings behind the golden files; the places are in data/src/modbus/encoder.c.
#include "samples.h"

namespace proofmark::test {
namespace {

using report::Finding;
using report::Level;

const std::string kEncoder = TEST_DATA "/src/modbus/encoder.c";

Finding warning() {
  Finding finding;
  finding.rule = "PMW001";
  finding.message = "implicit declaration of function 'crc16_modbus'";
  finding.tag = "-Werror=implicit-function-declaration";
  finding.where = {kEncoder, 11, 12};
  finding.hint = "include \"crc16.h\"";
  finding.unit = kEncoder;
  return finding;
}

Finding overflow() {
  Finding finding;
  finding.rule = "PMS101";
  finding.message = "write past the end of 'copy'";
  finding.cwe = 121;
  finding.where = {kEncoder, 10, 48};
  finding.path = {{{kEncoder, 9, 2}, "'copy' has 8 elements"},
                  {{kEncoder, 10, 2}, "the loop body runs for the 9th time"}};
  finding.unit = kEncoder;
  return finding;
}

Finding advisory() {
  Finding finding;
  finding.rule = "PME010";
  finding.level = Level::kAdvisory;
  finding.message = "not marked for IBT and SHSTK \033[31m";
  finding.where.file = TEST_DATA "/gateway";
  return finding;
}

Finding waived() {
  Finding finding;
  finding.rule = "PMS101";
  finding.message = "accepted";
  finding.where = {kEncoder, 13, 41};
  finding.waived_by = "alice";
  finding.waiver_reason = "length is checked by the caller";
  return finding;
}

}  // namespace

report::Report sample_report() {
  return {"proofmark-analyze",
          "0.1.0",
          "qemu-amd64",
          "openssf-2026-06",
          "1 unit",
          TEST_DATA,
          {kImplicit, kOverflow},
          {warning(), overflow(), advisory(), waived(), warning()}};
}

}  // namespace proofmark::test
