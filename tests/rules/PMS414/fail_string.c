// SPDX-License-Identifier: Apache-2.0

extern const char *const user;

const char *const user = "user⁧ admin";  // expect: PMS414
