// SPDX-License-Identifier: Apache-2.0
// link-flags: -Wl,-z,execstack
// expect-unit: PMF023

int main(void);

int main(void) { return 0; }
