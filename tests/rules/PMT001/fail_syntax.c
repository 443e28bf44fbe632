// SPDX-License-Identifier: Apache-2.0
// expect-unit: PMT001

int use(int x {
