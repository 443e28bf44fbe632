// SPDX-License-Identifier: Apache-2.0
//
// Dependency file writer; see depfile.h.
#include "tool/depfile.h"

#include <string_view>

namespace proofmark::analyze {
namespace {

void append_escaped(std::string& out, std::string_view name) {
  for (char c : name) {
    if (c == ' ' || c == '#' || c == '\\') out += '\\';
    if (c == '$') out += '$';
    out += c;
  }
}

}  // namespace

std::string to_depfile(const std::string& target, const std::set<std::string>& files) {
  std::string out;
  append_escaped(out, target);
  out += ':';
  for (const std::string& file : files) {
    out += " \\\n  ";
    append_escaped(out, file);
  }
  out += '\n';
  return out;
}

}  // namespace proofmark::analyze
