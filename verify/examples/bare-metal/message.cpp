// SPDX-License-Identifier: Apache-2.0
//
// See message.h.
#include "message.h"

#include "board.h"

namespace proofmark::bare_metal {

Message& Message::add(const char* text) {
  for (; *text != '\0'; ++text) put_console(*text >= 0x20 && *text <= 0x7e ? *text : '?');
  return *this;
}

Message& Message::add(uint64_t number) {
  uint64_t divisor = 1;
  while (number / divisor >= 10) divisor *= 10;
  for (; divisor > 0; divisor /= 10) put_console(static_cast<char>('0' + number / divisor % 10));
  return *this;
}

void Message::write() {
  put_console('\r');
  put_console('\n');
}

}  // namespace proofmark::bare_metal
