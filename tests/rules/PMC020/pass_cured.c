// SPDX-License-Identifier: Apache-2.0

#include <math.h>

int whole(double volts);

int whole(double volts) {
  return (int)lround(volts);
}
