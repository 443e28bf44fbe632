// SPDX-License-Identifier: Apache-2.0
//
// The rollback counter in the TPM (rollback.h): newest system and newest trust store, four bytes each, big endian.
#pragma once

#include "rollback.h"

namespace proofmark::linux_init {

extern const Counter kTpmCounter;

}  // namespace proofmark::linux_init
