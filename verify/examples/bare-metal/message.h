// SPDX-License-Identifier: Apache-2.0
//
// One line on the console.
#pragma once

#include <stdint.h>

namespace proofmark::bare_metal {

class Message {
 public:
  // What is not printable ASCII becomes '?': the name of an image is the text of others, and a terminal obeys some bytes.
  Message& add(const char* text);
  Message& add(uint64_t number);

  // Ends the line.
  void write();
};

}  // namespace proofmark::bare_metal
