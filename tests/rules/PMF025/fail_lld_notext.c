// SPDX-License-Identifier: Apache-2.0
// link-flags: -fuse-ld=lld -Wl,-z,notext
// expect-unit: PMF025

int main(void);

int main(void) { return 0; }
