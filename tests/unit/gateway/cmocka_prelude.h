// SPDX-License-Identifier: Apache-2.0
//
// cmocka.h needs these four headers before it, in this order.
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
