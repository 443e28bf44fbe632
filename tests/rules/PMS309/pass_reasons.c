// SPDX-License-Identifier: Apache-2.0
int one(void);

int one(void) {
  int value = 1;  // NOLINT(misc-something): the table below needs it
  // cppcheck-suppress nullPointer ; the caller has checked it
  value += 1;
  // The range was checked when the packet was read.
  // coverity[tainted_data]
  value += 1;
  /* codechecker_intentional [all] kept for the old protocol */
  return value;
}
