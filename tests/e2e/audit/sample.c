// SPDX-License-Identifier: Apache-2.0
//
// A program without libc that has what the audit's rules look at: a function with an array on its stack, a table of
// addresses that relocation writes, and, with LEAK, its own path in its data. `forever` keeps an array too but never returns,
// so no compiler gives it a check at its end.
static const char kName[] = "sample";
const char* const table[] = {kName, kName + 1};  // needs RELRO

#ifdef LEAK
const char leak[] = __FILE__;
#endif
#ifdef LIBRARY
extern int from_library(void);
#endif

void touch(char* bytes, unsigned long size);

NO_CANARY __attribute__((noinline)) unsigned char sum(unsigned long length) {
  char buffer[64];
  unsigned char total = 0;
  touch(buffer, sizeof buffer);
  for (unsigned long i = 0; i < length && i < sizeof buffer; ++i) total = (unsigned char)(total + buffer[i]);
  return total;
}

#ifdef UNCHECKED
int printf(const char* format, ...);
void report(void);
void report(void) {
  printf("%d", (int)sum(3));
}
#endif
#ifdef LARGE
void large(void);
void large(void) {
  char buffer[200000];
  touch(buffer, sizeof buffer);
}
#endif
#ifdef UNPROTECTED
UNPROTECTED void unprotected(void);
UNPROTECTED void unprotected(void) {
  sum(5);
  sum(6);
}
#endif
#ifdef VARIABLE
void variable(unsigned long size);
void variable(unsigned long size) {
  char buffer[size];
  touch(buffer, size);
}
#endif
#ifdef NEWER
void newer(void);
void newer(void) {
  __asm__ volatile(NEWER);
}
#endif

__attribute__((noinline)) static void forever(void) {
  char buffer[32];
  for (;;) touch(buffer, sizeof buffer);
}

void _start(void);
void _start(void) {
#ifdef LIBRARY
  from_library();
#endif
  if (sum((unsigned long)table[0]) != 0) forever();
  forever();
}
