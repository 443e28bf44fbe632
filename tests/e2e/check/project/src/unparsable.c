// SPDX-License-Identifier: Apache-2.0
//
// A unit that no parser accepts.
int broken(int value {
