// SPDX-License-Identifier: Apache-2.0
// link-flags: -Wl,-z,lazy
// expect-unit: PMF022

int main(void);

int main(void) { return 0; }
