// SPDX-License-Identifier: Apache-2.0
//
// One line of output, put together in a buffer and written by one call, so that lines of several programs don't mix.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace proofmark::linux_exec {

class Message {
 public:
  Message& add(const char* text);
  // Text of others, such as a file name: what is not printable ASCII becomes '?', so that it can't steer a terminal.
  // What is long is cut off: the reason stands behind it.
  Message& add_foreign(const char* text);
  Message& add(uint64_t number);

  // What was added so far.
  const char* text() const { return text_; }
  size_t size() const { return size_; }

  // Ends the line and writes it. What did not fit is cut off.
  void write_to(int descriptor);

 private:
  static constexpr size_t kMostForeign = 200;

  void put(char character);

  char text_[512];
  size_t size_ = 0;
};

}  // namespace proofmark::linux_exec
