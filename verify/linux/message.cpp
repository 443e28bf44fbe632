// SPDX-License-Identifier: Apache-2.0
//
// See message.h.
#include "message.h"

#include "kernel.h"
#include "text.h"

namespace proofmark::linux_exec {

// One place stays free for the end of the line.
void Message::put(char character) {
  if (size_ < sizeof text_ - 1) text_[size_++] = character;
}

Message& Message::add(const char* text) {
  for (; *text != '\0'; ++text) put(*text);
  return *this;
}

Message& Message::add_foreign(const char* text) {
  for (size_t i = 0; text[i] != '\0' && i < kMostForeign; ++i) put(text[i] >= 0x20 && text[i] <= 0x7e ? text[i] : '?');
  return *this;
}

Message& Message::add(uint64_t number) {
  char digits[20];
  const char* end = append_number(digits, number);
  for (const char* digit = digits; digit != end; ++digit) put(*digit);
  return *this;
}

void Message::write_to(int descriptor) {
  text_[size_++] = '\n';
  write_all(descriptor, text_, size_);
  size_ = 0;
}

}  // namespace proofmark::linux_exec
