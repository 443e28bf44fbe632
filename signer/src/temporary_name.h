// SPDX-License-Identifier: Apache-2.0
//
// Temporary names, remembered from before they exist until after they are gone, so that a signal that ends the program
// can take them along.
#pragma once

#include <string>

namespace proofmark::sign {

// A name in `directory` that no other process picks; remembered from now on. Not derived from the name of the output,
// which may already be as long as the file system allows.
std::string new_temporary_name(const std::string& directory);
// The name is used no more, or belongs to someone else.
void forget_temporary_name(const std::string& name);

}  // namespace proofmark::sign
