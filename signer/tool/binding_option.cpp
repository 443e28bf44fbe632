// SPDX-License-Identifier: Apache-2.0
//
// See binding_option.h.
#include "binding_option.h"

#include <fmt/format.h>

#include "proofmark/sign/configuration.h"

namespace proofmark::sign::tool {
namespace {

std::string words(const ConfigurationBinding& binding) {
  return fmt::format("{}{}", to_hex(binding.configuration),
                     binding.tls_certificate ? " with certificate " + to_hex(*binding.tls_certificate) : "");
}

}  // namespace

Result<Bindings> find_configuration(const InputFile& file, const std::string& expected) {
  const auto found = find_binding(file);
  if (!found) return tl::unexpected(found.error());
  if (!expected.empty()) {
    const auto wanted = read_binding(expected);
    if (!wanted) return tl::unexpected(wanted.error());
    if (!*found)
      return refused(file.path(), fmt::format("holds no configuration (expected {})", words(*wanted)),
                     "compile and link the source that proofmark configure wrote");
    if (**found != *wanted)
      return refused(file.path(),
                     fmt::format("holds another configuration (expected {}, found {})", words(*wanted), words(**found)),
                     "build the program again with the source that proofmark configure wrote");
  }
  Bindings bindings;
  if (*found) {
    bindings.configuration = (*found)->configuration;
    bindings.tls_certificate = (*found)->tls_certificate;
  }
  return bindings;
}

}  // namespace proofmark::sign::tool
