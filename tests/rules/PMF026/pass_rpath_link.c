// SPDX-License-Identifier: Apache-2.0
// link-flags: -Wl,-rpath-link,/opt/vendor/lib

int main(void);

int main(void) { return 0; }
