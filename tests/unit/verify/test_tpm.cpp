// SPDX-License-Identifier: Apache-2.0
//
// The TPM commands of proofmark-init, byte for byte, and every answer that a broken or hostile TPM could give: cut off at
// each length, too long, with each bit flipped, an error, none at all.
#include "../../../verify/linux/init/tpm.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "support/fake_tpm.h"

namespace proofmark::verify_test {
namespace {

using linux_init::Tpm;
using linux_init::tpm_extend_pcr;
using linux_init::tpm_read_pcr;

constexpr unsigned kPcr = 12;
const uint8_t* digest() {
  static uint8_t bytes[32];
  for (unsigned i = 0; i < sizeof bytes; ++i) bytes[i] = static_cast<uint8_t>(0xa0 + i);
  return bytes;
}

const std::string kDigestHex = "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf";
// As a TPM answers: head; size of the parameters, and the session.
const std::string kExtended =
    "80020000001300000000"
    "00000000"
    "0000010000";
// Head; update counter, one selection of SHA-256 with PCR 12, one digest.
const std::string kRead =
    "80010000003e00000000"
    "00000017"
    "00000001"
    "000b03001000"
    "00000001"
    "0020" +
    kDigestHex;

enum class Ask { kExtend, kRead };

struct Outcome {
  pm_verdict verdict = PM_REFUSED;
  uint32_t code = 0;
  std::string command;
  uint8_t value[32] = {};
};

// Asks a TPM that answers like this; without an answer it stays silent.
Outcome ask(Ask what, const Answer* answer) {
  Outcome outcome;
  FakeTpm fake;
  if (answer != nullptr) fake.will_answer(*answer);
  outcome.verdict =
      what == Ask::kExtend ? tpm_extend_pcr(&fake.tpm, kPcr, digest()) : tpm_read_pcr(&fake.tpm, kPcr, outcome.value);
  outcome.code = fake.tpm.code;
  outcome.command = fake.next_command();
  return outcome;
}
Outcome ask(Ask what, const std::string& answer) {
  const Answer bytes = from_hex(answer);
  return ask(what, &bytes);
}

void extends_with_the_specified_bytes(void**) {
  const Outcome outcome = ask(Ask::kExtend, kExtended);
  assert_int_equal(outcome.verdict, PM_ACCEPTED);
  const std::string expected =
      "80020000004100000182"
      "0000000c"
      "00000009"
      "40000009"
      "0000"
      "00"
      "0000"
      "00000001"
      "000b" +
      kDigestHex;
  assert_string_equal(outcome.command.c_str(), expected.c_str());
}

void reads_with_the_specified_bytes(void**) {
  const Outcome outcome = ask(Ask::kRead, kRead);
  assert_int_equal(outcome.verdict, PM_ACCEPTED);
  assert_memory_equal(outcome.value, digest(), 32);
  assert_string_equal(outcome.command.c_str(),
                      "8001000000140000017e"
                      "00000001"
                      "000b03001000");
}

// The number of answers with another length that were not refused as malformed.
unsigned wrong_lengths_taken(Ask what, const std::string& good) {
  unsigned taken = 0;
  for (size_t size = 0; size < good.size() / 2; ++size) {
    const Answer cut = from_hex(good.substr(0, 2 * size));
    // An empty message is no message to a socket of this kind.
    if (size > 0 && ask(what, &cut).verdict != PM_REFUSED_TPM_ANSWER) ++taken;
    // Also when the head says the length that there is.
    Answer honest = cut;
    if (size < 10) continue;
    honest[5] = static_cast<uint8_t>(size);
    const pm_verdict verdict = ask(what, &honest).verdict;
    if (verdict != PM_REFUSED_TPM_ANSWER) ++taken;
  }
  for (const size_t more : {size_t{1}, size_t{100}, size_t{1000}}) {
    Answer longer = from_hex(good);
    longer.resize(longer.size() + more);
    if (ask(what, &longer).verdict != PM_REFUSED_TPM_ANSWER) ++taken;
    longer[4] = static_cast<uint8_t>(longer.size() >> 8);
    longer[5] = static_cast<uint8_t>(longer.size());
    if (ask(what, &longer).verdict != PM_REFUSED_TPM_ANSWER) ++taken;
  }
  return taken;
}

void rejects_answers_of_every_other_length(void**) {
  assert_int_equal(wrong_lengths_taken(Ask::kExtend, kExtended), 0);
  assert_int_equal(wrong_lengths_taken(Ask::kRead, kRead), 0);
}

// The bytes of which a flipped bit goes unnoticed.
std::string unnoticed(Ask what, const std::string& good) {
  std::string bytes;
  const Answer answer = from_hex(good);
  for (size_t i = 0; i < answer.size(); ++i) {
    bool noticed = true;
    for (unsigned bit = 0; bit < 8; ++bit) {
      Answer flipped = answer;
      flipped[i] = static_cast<uint8_t>(flipped[i] ^ 1u << bit);
      noticed = noticed && ask(what, &flipped).verdict != PM_ACCEPTED;
    }
    if (!noticed) bytes += std::to_string(i) + " ";
  }
  return bytes;
}

void notices_every_flipped_bit_that_says_something(void**) {
  assert_string_equal(unnoticed(Ask::kExtend, kExtended).c_str(), "16 ");  // attributes of the session
  std::string allowed = "10 11 12 13 ";                                    // the update counter
  for (unsigned i = 30; i < 62; ++i) allowed += std::to_string(i) + " ";   // the value
  assert_string_equal(unnoticed(Ask::kRead, kRead).c_str(), allowed.c_str());
}

void tells_the_code_of_an_error(void**) {
  for (const Ask what : {Ask::kExtend, Ask::kRead}) {
    const Outcome outcome = ask(what, "80010000000a00000921");
    assert_int_equal(outcome.verdict, PM_REFUSED_TPM_CODE);
    assert_int_equal(outcome.code, 0x921);
  }
}

void tells_a_missing_bank(void**) {
  assert_int_equal(ask(Ask::kRead,
                       "80010000001600000000"
                       "00000017"
                       "00000000"
                       "00000000")
                       .verdict,
                   PM_REFUSED_TPM_BANK);
  assert_int_equal(ask(Ask::kRead,
                       "80010000001c00000000"
                       "00000017"
                       "00000001"
                       "000b03000000"
                       "00000000")
                       .verdict,
                   PM_REFUSED_TPM_BANK);
}

void waits_no_longer_than_it_should(void**) {
  assert_int_equal(ask(Ask::kExtend, nullptr).verdict, PM_REFUSED_TPM_TIMEOUT);
  assert_int_equal(ask(Ask::kRead, nullptr).verdict, PM_REFUSED_TPM_TIMEOUT);
}

void refuses_a_device_that_cannot_be_written(void**) {
  Tpm tpm;
  tpm.descriptor = open("/dev/null", O_RDONLY);
  assert_int_equal(tpm_extend_pcr(&tpm, kPcr, digest()), PM_REFUSED_TPM_DEVICE);
  close(tpm.descriptor);
}

}  // namespace
}  // namespace proofmark::verify_test

int main() {
  using namespace proofmark::verify_test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(extends_with_the_specified_bytes),
      cmocka_unit_test(reads_with_the_specified_bytes),
      cmocka_unit_test(rejects_answers_of_every_other_length),
      cmocka_unit_test(notices_every_flipped_bit_that_says_something),
      cmocka_unit_test(tells_the_code_of_an_error),
      cmocka_unit_test(tells_a_missing_bank),
      cmocka_unit_test(waits_no_longer_than_it_should),
      cmocka_unit_test(refuses_a_device_that_cannot_be_written),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
