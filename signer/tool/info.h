// SPDX-License-Identifier: Apache-2.0
//
// Three renderings of a mark that was not checked.
#pragma once

#include <string>

#include "proofmark/sign/signing.h"

namespace proofmark::sign::tool {

std::string info_text(const std::string& path, const MarkView& view);
// Stable: keys in alphabetical order, numbers as in the manifest.
std::string info_json(const std::string& path, const MarkView& view);
// One part per line, so that a COSE library or openssl can be given exactly what was signed.
std::string info_hex(const MarkView& view);

}  // namespace proofmark::sign::tool
