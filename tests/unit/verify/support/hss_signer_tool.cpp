// SPDX-License-Identifier: Apache-2.0
//
// A stateful HSS-LMS signer for tests, with the protocol that helper programs have: the state file holds the next leaf, and
// is written before the signature leaves the program.
//
//   proofmark-test-hss-signer key STATE one|two       proofmark-test-hss-signer public STATE
//   proofmark-test-hss-signer sign STATE sign ALGORITHM KEY-ID <MESSAGE
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "hss_signer.h"

using proofmark::verify_test::HssSigner;

namespace {

struct State {
  std::string shape;
  uint32_t leaf = 0;
};

bool write_state(const char* path, const State& state) {
  std::ofstream out(path);
  out << state.shape << ' ' << state.leaf << '\n';
  return out.flush().good();
}

bool read_state(const char* path, State* state) {
  std::ifstream in(path);
  return static_cast<bool>(in >> state->shape >> state->leaf);
}

int print(const std::vector<uint8_t>& bytes) {
  return std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size() && std::fflush(stdout) == 0 ? 0 : 1;
}

std::vector<uint8_t> read_input() {
  std::vector<uint8_t> bytes;
  for (int next = std::getchar(); next != EOF; next = std::getchar()) bytes.push_back(static_cast<uint8_t>(next));
  return bytes;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return 2;
  const std::string verb = arguments[1];
  State state;
  if (verb == "key" && count == 4) return write_state(arguments[2], {arguments[3], 0}) ? 0 : 1;
  if (!read_state(arguments[2], &state)) return 2;
  // LMS_SHA256_M24_H5 with 8 bits per digit, or LMS_SHA256_M32_H5 with 4 bits over the same.
  const HssSigner signer = state.shape == "one" ? HssSigner({{10, 8}}, 7) : HssSigner({{5, 4}, {5, 3}}, 8);
  if (verb == "public") return print(signer.public_key());
  if (verb != "sign" || state.leaf > 31) return 2;
  const uint32_t leaf = state.leaf++;
  if (!write_state(arguments[2], state)) return 1;
  const std::vector<uint8_t> message = read_input();
  return print(signer.sign(message.data(), message.size(), leaf));
}
