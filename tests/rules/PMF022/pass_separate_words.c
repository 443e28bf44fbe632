// SPDX-License-Identifier: Apache-2.0
// link-flags: -z lazy -Xlinker -z -Xlinker now

int main(void);

int main(void) { return 0; }
