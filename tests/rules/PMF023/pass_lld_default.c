// SPDX-License-Identifier: Apache-2.0
// link-flags: -fuse-ld=lld

int main(void);

int main(void) { return 0; }
