// SPDX-License-Identifier: Apache-2.0
//
// A TPM's character device for tests: one end of a socket that keeps the boundaries of messages. The answers wait in it
// before they are asked for.
#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "../../../../verify/linux/init/tpm.h"
#include "harness.h"

namespace proofmark::verify_test {

using Answer = std::vector<uint8_t>;

inline Answer from_hex(const std::string& text) {
  Answer bytes;
  for (size_t i = 0; i + 1 < text.size(); i += 2)
    bytes.push_back(static_cast<uint8_t>(std::stoul(text.substr(i, 2), nullptr, 16)));
  return bytes;
}

inline std::string hex(const uint8_t* bytes, size_t size) {
  std::string text;
  char digits[3];
  for (size_t i = 0; i < size; ++i) {
    std::snprintf(digits, sizeof digits, "%02x", bytes[i]);
    text += digits;
  }
  return text;
}

struct FakeTpm {
  linux_init::Tpm tpm;
  int other = -1;

  FakeTpm() {
    int ends[2] = {-1, -1};
    (void)socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, ends);
    tpm.descriptor = ends[0];
    tpm.timeout_ms = 10;
    other = ends[1];
  }
  ~FakeTpm() {
    close(tpm.descriptor);
    close(other);
  }
  FakeTpm(const FakeTpm&) = delete;
  FakeTpm& operator=(const FakeTpm&) = delete;

  void will_answer(const Answer& answer) const { (void)send(other, answer.data(), answer.size(), 0); }
  // What it was asked, in hexadecimal digits; empty when it was not.
  std::string next_command() const {
    uint8_t command[256];
    const ssize_t size = recv(other, command, sizeof command, 0);
    return size > 0 ? hex(command, static_cast<size_t>(size)) : "";
  }
};

}  // namespace proofmark::verify_test
