// SPDX-License-Identifier: Apache-2.0
int one(void);

int one(void) {
  int value = 1; /* NOLINT */  // expect: PMS309

  /* NOLINTNEXTLINE(misc-something) */  // expect: PMS309
  value += 1;
  /* cppcheck-suppress nullPointer */  // expect: PMS309
  value += 1;
  /* codechecker_suppress [all] */  // expect: PMS309
  value += 1;
  /* coverity[tainted_data] */  // expect: PMS309
  return value;
}
