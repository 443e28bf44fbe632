// SPDX-License-Identifier: Apache-2.0
//
// See tpm_command.h.
#include "tpm_command.h"

#include <linux/errno.h>

#include "tpm_device.h"

namespace proofmark::linux_init {
namespace {

constexpr size_t kHeaderSize = 10;  // tag, size, response code

}  // namespace

// A TPM that refuses answers with a head only, without sessions.
pm_verdict send(Tpm* tpm, Command* command, uint32_t tag, Answer* answer) {
  const size_t size = command->finish();
  const long got = exchange(tpm->descriptor, command->bytes(), size, answer->memory(), Answer::room(), tpm->timeout_ms);
  if (got == -ETIMEDOUT || got == -ETIME) return PM_REFUSED_TPM_TIMEOUT;
  if (got < 0) return PM_REFUSED_TPM_DEVICE;
  answer->set_size(static_cast<size_t>(got));
  const uint32_t answer_tag = answer->get(2);
  const uint32_t answer_size = answer->get(4);
  tpm->code = answer->get(4);
  if (static_cast<size_t>(got) < kHeaderSize || answer_size != static_cast<size_t>(got)) return PM_REFUSED_TPM_ANSWER;
  if (tpm->code != 0) return PM_REFUSED_TPM_CODE;
  return answer_tag == tag ? PM_ACCEPTED : PM_REFUSED_TPM_ANSWER;
}

pm_verdict finish_session(Answer* answer) {
  const uint32_t nonce = answer->get(2);
  answer->get(1);
  const uint32_t secret = answer->get(2);
  return nonce == 0 && secret == 0 && answer->is_complete() ? PM_ACCEPTED : PM_REFUSED_TPM_ANSWER;
}

}  // namespace proofmark::linux_init
