// SPDX-License-Identifier: Apache-2.0

int whole(double volts);

int whole(double volts) {
  return volts + 0.5;  // expect: PMC020
}
