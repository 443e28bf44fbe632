// SPDX-License-Identifier: Apache-2.0
// link-flags: -no-pie
// expect-unit: PMF024

int main(void);

int main(void) { return 0; }
