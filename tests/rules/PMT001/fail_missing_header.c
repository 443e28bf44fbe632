// SPDX-License-Identifier: Apache-2.0
// expect-unit: PMT001

#include "no_such_header.h"
