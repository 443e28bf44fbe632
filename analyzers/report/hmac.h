// SPDX-License-Identifier: Apache-2.0
//
// HMAC-SHA256 (RFC 2104), for what comes back from places where others can write.
#pragma once

#include <string>
#include <string_view>

namespace proofmark::report {

// Lower-case hex.
std::string hmac_sha256_hex(std::string_view secret, std::string_view message);

// Equality in a time that does not tell where the first difference is.
bool is_same_secret(std::string_view a, std::string_view b);

}  // namespace proofmark::report
