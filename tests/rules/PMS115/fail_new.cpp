// SPDX-License-Identifier: Apache-2.0
// driver: clang++-19

#include <cstdint>
#include <sys/socket.h>

std::uint64_t *take(int connection);
std::uint64_t *take_some(int connection);

std::uint64_t *take(int connection) {
  std::uint32_t count = 0;
  if (recv(connection, &count, sizeof count, MSG_WAITALL) != sizeof count) return nullptr;
  return new std::uint64_t[count];  // expect: PMS115
}

std::uint64_t *take_some(int connection) {
  std::uint32_t count = 0;
  if (recv(connection, &count, sizeof count, MSG_WAITALL) != sizeof count || count > 1000) return nullptr;
  return new std::uint64_t[count];
}
