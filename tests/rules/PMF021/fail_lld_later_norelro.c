// SPDX-License-Identifier: Apache-2.0
// link-flags: -fuse-ld=lld -Wl,-z,norelro
// expect-unit: PMF021

int main(void);

int main(void) { return 0; }
