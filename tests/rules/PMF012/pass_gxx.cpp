// SPDX-License-Identifier: Apache-2.0
// driver: g++
// expect-unit: PMT002

int answer();

int answer() { return 42; }
