// SPDX-License-Identifier: Apache-2.0
//
// See tpm.h. Numbers: TCG TPM 2.0 Library, part 2; commands: part 3.
#include "tpm.h"

#include "tpm_command.h"

namespace proofmark::linux_init {
namespace {

constexpr uint32_t kPcrRead = 0x17e;    // TPM_CC_PCR_Read
constexpr uint32_t kPcrExtend = 0x182;  // TPM_CC_PCR_Extend
constexpr uint32_t kSha256 = 0x000b;    // TPM_ALG_SHA256
constexpr unsigned kSelectSize = 3;     // bytes that select PCR 0 to 23

uint32_t select_bits(unsigned pcr, unsigned byte) {
  return pcr / 8 == byte ? 1u << pcr % 8 : 0u;
}

void put_selection(Command* command, unsigned pcr) {
  command->put(1, 4);
  command->put(kSha256, 2);
  command->put(kSelectSize, 1);
  for (unsigned i = 0; i < kSelectSize; ++i) command->put(select_bits(pcr, i), 1);
}

// True when the answer's selection is the PCR that was asked for, and no other.
bool takes_selection(Answer* answer, unsigned pcr) {
  bool is_same = answer->get(2) == kSha256;
  is_same = answer->get(1) == kSelectSize && is_same;
  for (unsigned i = 0; i < kSelectSize; ++i) is_same = answer->get(1) == select_bits(pcr, i) && is_same;
  return is_same;
}

}  // namespace

pm_verdict tpm_read_pcr(Tpm* tpm, unsigned pcr, uint8_t value[kTpmDigestSize]) {
  Command command(kNoSessions, kPcrRead);
  put_selection(&command, pcr);
  Answer answer;
  const pm_verdict verdict = send(tpm, &command, kNoSessions, &answer);
  if (verdict != PM_ACCEPTED) return verdict;
  answer.get(4);  // how often PCRs have been extended
  // Without the bank: no selection, or one that selects nothing; in both cases no digest.
  const uint32_t selections = answer.get(4);
  if (selections > 1) return PM_REFUSED_TPM_ANSWER;
  const bool is_selected = selections == 1 && takes_selection(&answer, pcr);
  const uint32_t digests = answer.get(4);
  if (digests == 0 && answer.is_complete()) return PM_REFUSED_TPM_BANK;
  const uint32_t size = answer.get(2);
  const uint8_t* digest = answer.get_bytes(kTpmDigestSize);
  if (!is_selected || digests != 1 || size != kTpmDigestSize || !answer.is_complete()) return PM_REFUSED_TPM_ANSWER;
  __builtin_memcpy(value, digest, kTpmDigestSize);
  return PM_ACCEPTED;
}

pm_verdict tpm_extend_pcr(Tpm* tpm, unsigned pcr, const uint8_t digest[kTpmDigestSize]) {
  Command command(kSessions, kPcrExtend);
  command.put(pcr, 4);
  command.put_empty_password();
  command.put(1, 4);
  command.put(kSha256, 2);
  command.put_bytes(digest, kTpmDigestSize);
  Answer answer;
  const pm_verdict verdict = send(tpm, &command, kSessions, &answer);
  if (verdict != PM_ACCEPTED) return verdict;
  if (answer.get(4) != 0) return PM_REFUSED_TPM_ANSWER;  // bytes of parameters
  return finish_session(&answer);
}

}  // namespace proofmark::linux_init
