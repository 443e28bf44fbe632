// SPDX-License-Identifier: Apache-2.0
// driver: gcc

int first(const int *values);

int first(const int *values) { return values[0]; }
