// SPDX-License-Identifier: Apache-2.0
// driver: clang++-19
// flags: -std=c++20

struct Port {
  Port() : number(0) {}
  explicit Port(int);
  int number;
};

Port::Port(int) {
  Port();  // expect: PMC049
}
