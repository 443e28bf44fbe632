// SPDX-License-Identifier: Apache-2.0
//
// Reads GCC's assembly; see frame_layout.h. GCC sets the canary by a load, a store and a clearing of the register that it
// never parts, and addresses it by the frame pointer, which points to the saved pair.
#include "compile/frame_layout.h"

#include <charconv>

namespace proofmark::analyze {
namespace {

using std::string_view;

// "str" of "\tstr\tx3, [x29, 24]", and the rest
string_view take_mnemonic(string_view& line) {
  const size_t begin = line.find_first_not_of(" \t");
  if (begin == string_view::npos) return line = {};
  line.remove_prefix(begin);
  const string_view mnemonic = line.substr(0, line.find_first_of(" \t"));
  line.remove_prefix(mnemonic.size());
  const size_t operands = line.find_first_not_of(" \t");
  line.remove_prefix(operands == string_view::npos ? line.size() : operands);
  return mnemonic;
}

// The register that is stored above the pair, "x3", else empty.
string_view stored_above(string_view line) {
  if (take_mnemonic(line) != "str") return {};
  const size_t comma = line.find(", [x29, ");
  if (comma == string_view::npos) return {};
  string_view offset = line.substr(comma + string_view(", [x29, ").size());
  if (offset.starts_with('#')) offset.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(offset.data(), offset.data() + offset.size(), value);
  const bool above = error == std::errc{} && value >= 16;
  return above ? line.substr(0, comma) : string_view();
}

bool clears(string_view line, string_view reg) {
  if (take_mnemonic(line) != "mov" || !line.starts_with(reg)) return false;
  line.remove_prefix(reg.size());
  return line == ", 0" || line == ", #0" || line == ", xzr";
}

}  // namespace

const char* const kFrameLayoutProbe =
    "void pm_use(char *bytes);\n"
    "char pm_probe(unsigned long size);\n"
    "char pm_probe(unsigned long size) { char bytes[size]; pm_use(bytes); return bytes[0]; }\n";

bool guard_lies_above_return(string_view assembly) {
  string_view stored;
  while (!assembly.empty()) {
    const size_t end = assembly.find('\n');
    const string_view line = assembly.substr(0, end);
    assembly.remove_prefix(end == string_view::npos ? assembly.size() : end + 1);
    if (!stored.empty() && clears(line, stored)) return true;
    stored = stored_above(line);
  }
  return false;
}

}  // namespace proofmark::analyze
