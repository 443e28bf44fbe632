// SPDX-License-Identifier: Apache-2.0
// flags: -Wno-empty-body

int reset(void);
int guard(int failed);

int guard(int failed) {
  if (failed);  // expect: PMC041
  {
    reset();
  }
  return failed;
}
