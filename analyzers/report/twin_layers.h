// SPDX-License-Identifier: Apache-2.0
//
// A source that is built twice, for a library and a program: its layers come under one name, and DWARF does not say which
// of the two an ELF file holds.
#pragma once

#include "report/layers.h"

namespace proofmark::report {

// What can be relied on whichever of the two it is: of each protection the worse state, and all functions.
UnitLayers both_layers(const UnitLayers& one, const UnitLayers& other);

}  // namespace proofmark::report
