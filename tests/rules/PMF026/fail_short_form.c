// SPDX-License-Identifier: Apache-2.0
// link-flags: -Wl,-R,/opt/vendor/lib
// expect-unit: PMF026

int main(void);

int main(void) { return 0; }
