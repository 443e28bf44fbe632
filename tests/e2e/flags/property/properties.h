// SPDX-License-Identifier: Apache-2.0
//
// The three properties: the resolver's answer is what compilers and linkers do. Each returns the number of disagreements.
#pragma once

#include "subject.h"

namespace proofmark::test {

size_t code_property(const Subject& subject, size_t draws, Random& random);
size_t warning_property(const Subject& subject, size_t draws, Random& random);
size_t link_property(const std::string& linker, size_t draws, Random& random);

}  // namespace proofmark::test
