// SPDX-License-Identifier: Apache-2.0
// link-flags: -Wl,--as-needed -lm

int main(void);

int main(void) { return 0; }
