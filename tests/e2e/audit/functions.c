// SPDX-License-Identifier: Apache-2.0
//
// Functions of the shapes that compilers protect in different ways; functions.sh says what is expected of each.
void use(char* bytes);
int plain(int number);
int array(int index);
int large(int index);
int variable(int size);

int called(int number);

int plain(int number) {
  return number + 1;
}

int array(int index) {
  char bytes[64];
  use(bytes);
  return bytes[index];
}

int large(int index) {
  char bytes[200000];
  use(bytes);
  return bytes[index];
}

int variable(int size) {
  char bytes[size];
  use(bytes);
  return bytes[0];
}

#ifdef __aarch64__
#define SPARED __attribute__((target("branch-protection=none")))
#else
#define SPARED __attribute__((nocf_check))
#endif
SPARED int spared(int number);
SPARED int spared(int number) {
  use(0);
  return number;
}

__attribute__((noinline)) static int local(int index) {
  char bytes[32];
  use(bytes);
  return bytes[index];
}

int called(int number) {
  return local(number) + local(number + 1);
}
