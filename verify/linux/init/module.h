// SPDX-License-Identifier: Apache-2.0
//
// Drivers that the board's kernel has as modules and that are needed before there is a root file system. They lie in the
// initramfs, beside the first process, and are trusted as it is.
#pragma once

namespace proofmark::linux_init {

// Loads the board's modules in their order, the first time that it is called. One that is refused is a line, and the others are loaded all the same: what it
// was needed for will be missed where it is needed.
void load_modules();

}  // namespace proofmark::linux_init
