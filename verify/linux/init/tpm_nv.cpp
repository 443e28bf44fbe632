// SPDX-License-Identifier: Apache-2.0
//
// See tpm_nv.h. Numbers: TCG TPM 2.0 Library, part 2, sections 6 and 13; commands: part 3, section 31.
#include "tpm_nv.h"

#include "tpm_command.h"

namespace proofmark::linux_init {
namespace {

constexpr uint32_t kNvWrite = 0x137;       // TPM_CC_NV_Write
constexpr uint32_t kNvWriteLock = 0x138;   // TPM_CC_NV_WriteLock
constexpr uint32_t kNvRead = 0x14e;        // TPM_CC_NV_Read
constexpr uint32_t kNvReadPublic = 0x169;  // TPM_CC_NV_ReadPublic

// TPMA_NV: by an empty password, lockable until the next reset; an ordinary index, which has no type; written.
constexpr uint32_t kAuthWrite = 1u << 2;
constexpr uint32_t kTypeMask = 15u << 4;
constexpr uint32_t kWriteStClear = 1u << 14;
constexpr uint32_t kAuthRead = 1u << 18;
constexpr uint32_t kWritten = 1u << 29;
constexpr uint32_t kDemanded = kAuthWrite | kWriteStClear | kAuthRead | kWritten;

Command command_for(uint32_t code, uint32_t index) {
  Command command(kSessions, code);
  command.put(index, 4);  // whose password
  command.put(index, 4);
  command.put_empty_password();
  return command;
}

pm_verdict check_public(Tpm* tpm, uint32_t index) {
  Command command(kNoSessions, kNvReadPublic);
  command.put(index, 4);
  Answer answer;
  const pm_verdict verdict = send(tpm, &command, kNoSessions, &answer);
  if (verdict == PM_REFUSED_TPM_CODE) return PM_REFUSED_TPM_COUNTER;
  if (verdict != PM_ACCEPTED) return verdict;
  answer.get(2);
  const bool is_same = answer.get(4) == index;
  answer.get(2);  // algorithm of its name
  const uint32_t attributes = answer.get(4);
  answer.get_bytes(answer.get(2));  // policy
  const uint32_t size = answer.get(2);
  answer.get_bytes(answer.get(2));  // name
  if (!is_same || !answer.is_complete()) return PM_REFUSED_TPM_ANSWER;
  const bool is_right = size == kTpmNvSize && (attributes & kTypeMask) == 0 && (attributes & kDemanded) == kDemanded;
  return is_right ? PM_ACCEPTED : PM_REFUSED_TPM_COUNTER;
}

pm_verdict run(Tpm* tpm, Command* command) {
  Answer answer;
  const pm_verdict verdict = send(tpm, command, kSessions, &answer);
  if (verdict != PM_ACCEPTED) return verdict;
  if (answer.get(4) != 0) return PM_REFUSED_TPM_ANSWER;  // bytes of parameters
  return finish_session(&answer);
}

}  // namespace

pm_verdict tpm_nv_read(Tpm* tpm, uint32_t index, uint8_t data[kTpmNvSize]) {
  pm_verdict verdict = check_public(tpm, index);
  if (verdict != PM_ACCEPTED) return verdict;
  Command command = command_for(kNvRead, index);
  command.put(kTpmNvSize, 2);
  command.put(0, 2);  // from the beginning
  Answer answer;
  verdict = send(tpm, &command, kSessions, &answer);
  if (verdict != PM_ACCEPTED) return verdict;
  const uint32_t parameters = answer.get(4);
  const uint32_t size = answer.get(2);
  const uint8_t* read = answer.get_bytes(kTpmNvSize);
  if (parameters != 2 + kTpmNvSize || size != kTpmNvSize) return PM_REFUSED_TPM_ANSWER;
  verdict = finish_session(&answer);
  if (verdict == PM_ACCEPTED) __builtin_memcpy(data, read, kTpmNvSize);
  return verdict;
}

pm_verdict tpm_nv_write(Tpm* tpm, uint32_t index, const uint8_t data[kTpmNvSize]) {
  Command command = command_for(kNvWrite, index);
  command.put(kTpmNvSize, 2);
  command.put_bytes(data, kTpmNvSize);
  command.put(0, 2);  // from the beginning
  return run(tpm, &command);
}

pm_verdict tpm_nv_lock(Tpm* tpm, uint32_t index) {
  Command command = command_for(kNvWriteLock, index);
  return run(tpm, &command);
}

}  // namespace proofmark::linux_init
