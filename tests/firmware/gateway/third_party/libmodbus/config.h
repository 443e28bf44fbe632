// SPDX-License-Identifier: Apache-2.0
//
// The answers of libmodbus' configure script for Linux with glibc 2.38 or later, on any architecture.
#pragma once

#define HAVE_ACCEPT4 1
#define HAVE_BYTESWAP_H 1
#define HAVE_GAI_STRERROR 1
