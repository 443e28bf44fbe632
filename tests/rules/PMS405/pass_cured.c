// SPDX-License-Identifier: Apache-2.0

const unsigned char table[16] = {1};
