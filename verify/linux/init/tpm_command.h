// SPDX-License-Identifier: Apache-2.0
//
// TPM commands and answers as bytes: the layout is that of TCG TPM 2.0 Library, part 1 section 18; integers are big endian.
#pragma once

#include "tpm.h"

namespace proofmark::linux_init {

constexpr uint32_t kNoSessions = 0x8001;  // TPM_ST_NO_SESSIONS
constexpr uint32_t kSessions = 0x8002;    // TPM_ST_SESSIONS

// Every command here fits; what is put comes from this program.
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
    put(9, 4);           // bytes that follow
    put(0x40000009, 4);  // TPM_RS_PW
    put(0, 2);           // no nonce
    put(0, 1);           // no attributes
    put(0, 2);           // no secret
  }
  size_t finish() {
    const size_t size = size_;
    size_ = 2;  // behind the tag
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

// Sends the command and reads the head of the answer.
[[nodiscard]] pm_verdict send(Tpm* tpm, Command* command, uint32_t tag, Answer* answer);

// The end of an answer with a session: nothing but the attributes, which say nothing here.
[[nodiscard]] pm_verdict finish_session(Answer* answer);

}  // namespace proofmark::linux_init
