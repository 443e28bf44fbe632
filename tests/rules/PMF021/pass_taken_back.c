// SPDX-License-Identifier: Apache-2.0
// link-flags: -Wl,-z,norelro -Wl,-z,relro

int main(void);

int main(void) { return 0; }
