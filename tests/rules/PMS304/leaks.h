// SPDX-License-Identifier: Apache-2.0
#pragma GCC diagnostic ignored "-Wpadded"
#pragma GCC diagnostic ignored "-Wformat-security"
