// SPDX-License-Identifier: Apache-2.0

unsigned long largest(void);

// Nothing of this is on the stack.
unsigned long largest(void) {
  struct message {
    char text[40000];
  };
  return sizeof(struct message) + sizeof(char[40000]);
}
