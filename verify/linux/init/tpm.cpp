// SPDX-License-Identifier: Apache-2.0
//
// See tpm.h. Numbers: TCG TPM 2.0 Library, part 2; layout of commands: part 1 section 18 and part 3. Integers are big endian.
#include "tpm.h"

#include <linux/errno.h>

#include "tpm_device.h"

namespace proofmark::linux_init {
namespace {

constexpr uint32_t kNoSessions = 0x8001;    // TPM_ST_NO_SESSIONS
constexpr uint32_t kSessions = 0x8002;      // TPM_ST_SESSIONS
constexpr uint32_t kPcrRead = 0x17e;        // TPM_CC_PCR_Read
constexpr uint32_t kPcrExtend = 0x182;      // TPM_CC_PCR_Extend
constexpr uint32_t kPassword = 0x40000009;  // TPM_RS_PW
constexpr uint32_t kSha256 = 0x000b;        // TPM_ALG_SHA256
constexpr unsigned kSelectSize = 3;         // bytes that select PCR 0 to 23
constexpr size_t kHeaderSize = 10;          // tag, size, command or response code
constexpr size_t kSizeOffset = 2;
// An empty password: handle, no nonce, no attributes, no secret.
constexpr uint32_t kPasswordSize = 9;

class Command {
 public:
  Command(uint32_t tag, uint32_t code) {
    put(tag, 2);
    put(0, 4);
    put(code, 4);
  }

  void put(uint32_t value, unsigned size) {
    for (unsigned i = 0; i < size; ++i) bytes_[size_++] = static_cast<uint8_t>(value >> (8 * (size - 1 - i)));
  }
  void put_bytes(const uint8_t* from, size_t size) {
    __builtin_memcpy(bytes_ + size_, from, size);
    size_ += size;
  }
  void put_empty_password() {
    put(kPasswordSize, 4);
    put(kPassword, 4);
    put(0, 2);
    put(0, 1);
    put(0, 2);
  }
  size_t finish() {
    const size_t size = size_;
    size_ = kSizeOffset;
    put(static_cast<uint32_t>(size), 4);
    return size;
  }
  const uint8_t* bytes() const { return bytes_; }

 private:
  uint8_t bytes_[128];
  size_t size_ = 0;
};

// What a TPM, or what poses as one, answered. Reading past the end gives 0 and is remembered.
class Answer {
 public:
  uint32_t get(unsigned size) {
    uint32_t value = 0;
    if (!has(size)) return 0;
    for (unsigned i = 0; i < size; ++i) value = value << 8 | bytes_[at_++];
    return value;
  }
  const uint8_t* get_bytes(size_t size) {
    if (!has(size)) return bytes_;
    at_ += size;
    return bytes_ + at_ - size;
  }
  bool is_complete() const { return is_sound_ && at_ == size_; }

  uint8_t* memory() { return bytes_; }
  static constexpr size_t room() { return sizeof bytes_; }
  void set_size(size_t size) { size_ = size; }

 private:
  bool has(size_t size) {
    is_sound_ = is_sound_ && size <= size_ - at_;
    return is_sound_;
  }

  uint8_t bytes_[256];
  size_t size_ = 0;
  size_t at_ = 0;
  bool is_sound_ = true;
};

// Sends the command and reads the head of the answer. A TPM that refuses answers with a head only, without sessions.
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
  const uint32_t parameters = answer.get(4);
  const uint32_t nonce = answer.get(2);
  answer.get(1);  // session attributes
  const uint32_t secret = answer.get(2);
  const bool is_empty = parameters == 0 && nonce == 0 && secret == 0;
  return is_empty && answer.is_complete() ? PM_ACCEPTED : PM_REFUSED_TPM_ANSWER;
}

}  // namespace proofmark::linux_init
