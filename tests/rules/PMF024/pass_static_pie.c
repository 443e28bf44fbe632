// SPDX-License-Identifier: Apache-2.0
// link-flags: -static-pie

int main(void);

int main(void) { return 0; }
