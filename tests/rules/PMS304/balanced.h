// SPDX-License-Identifier: Apache-2.0
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpadded"
int one(void);
#pragma GCC diagnostic pop
