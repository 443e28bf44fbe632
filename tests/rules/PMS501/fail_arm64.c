// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc

void receive(long double *samples);
void handle(void);

// 16 bytes each on this machine, as on amd64.
void handle(void) {  // expect: PMS501
  long double samples[1100];
  receive(samples);
}
