// SPDX-License-Identifier: Apache-2.0
// link-flags: -Wl,--no-as-needed -lm
// expect-unit: PMF027

int main(void);

int main(void) { return 0; }
