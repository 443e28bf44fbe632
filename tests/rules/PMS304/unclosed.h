// SPDX-License-Identifier: Apache-2.0
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-security"
