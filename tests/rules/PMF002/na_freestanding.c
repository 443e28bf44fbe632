// SPDX-License-Identifier: Apache-2.0
// flags: -ffreestanding -U_FORTIFY_SOURCE

int answer(void);

int answer(void) { return 42; }
