// SPDX-License-Identifier: Apache-2.0
// flags: -ffile-prefix-map=@DIR@=@DIR@
// expect-unit: PMF013

int answer(void);

int answer(void) { return 42; }
