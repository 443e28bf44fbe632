// SPDX-License-Identifier: Apache-2.0
// link-flags: -Wl,-N -Wl,--no-omagic

int main(void);

int main(void) { return 0; }
