// SPDX-License-Identifier: Apache-2.0
// driver: /bin/true
// expect-unit: PMT003

int answer(void);

int answer(void) { return 42; }
