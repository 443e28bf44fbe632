// SPDX-License-Identifier: Apache-2.0
// link-flags: -static -no-pie -Wl,-N
// expect-unit: PMF021 PMF024 PMF028

int main(void);

int main(void) { return 0; }
