// SPDX-License-Identifier: Apache-2.0
//
// The name of a key in a token: a PKCS #11 URI, RFC 7512.
#pragma once

#include <optional>
#include <string>

#include "proofmark/sign/error.h"

namespace proofmark::sign {

// What the URI says; what it leaves out matches anything.
struct Pkcs11Uri {
  std::optional<std::string> token, manufacturer, serial, model, object, id;
  std::optional<unsigned long> slot;
  std::string module_path;
  std::string pin_file;  // from pin-source

  bool operator==(const Pkcs11Uri&) const = default;
};

bool is_pkcs11_uri(const std::string& name);

// Refuses what it does not know, because a key that is found by half of its name may be the wrong one, and refuses
// pin-value, because arguments are there for every user to read. No error repeats the URI beyond its path.
Result<Pkcs11Uri> parse_pkcs11_uri(const std::string& text);

}  // namespace proofmark::sign
