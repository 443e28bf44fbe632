// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// expect-unit: PMT006

int first(const int *_Nonnull values);

int first(const int *_Nonnull values) { return values[0]; }
