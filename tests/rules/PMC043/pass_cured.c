// SPDX-License-Identifier: Apache-2.0

void scale(int count, double factor);
void twice(double gain, int number);

void twice(double gain, int number) {
  scale(number, gain);
}
