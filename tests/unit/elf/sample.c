// SPDX-License-Identifier: Apache-2.0
//
// A small complete program: what the hostile-input tests cut and flip. `guarded` and `plain` keep an array on the stack,
// the second without a canary.
void __stack_chk_fail(void);
void __stack_chk_fail(void) {
  for (;;) __asm__ volatile("");
}

void touch(char* bytes, unsigned long size);
void touch(char* bytes, unsigned long size) {
  for (volatile unsigned long i = 0; i < size; ++i) bytes[i] = 0;
}

struct Inner {
  int number;
  char bytes[24];
};

__attribute__((noinline)) int guarded(void) {
  struct Inner inner;
  touch(inner.bytes, sizeof inner.bytes);
  return inner.bytes[3];
}

__attribute__((noinline, no_stack_protector)) int plain(void) {
  char bytes[16];
  touch(bytes, sizeof bytes);
  return bytes[3];
}

__attribute__((noinline)) int no_array(int* number) {
  return *number + 1;
}

void _start(void);
void _start(void) {
  int number = guarded() + plain();
  for (;;) number = no_array(&number);
}
