// SPDX-License-Identifier: Apache-2.0
//
// What a link command really means: the driver is asked which linker it would start with which words (-###), so that
// defaults, wrappers and spec files count, and the linker's own rules of order are applied to those. The rules were
// measured on BFD ld and lld; tests/e2e/flags links the same words with both and looks at the result.
#pragma once

#include <nlohmann/json.hpp>

#include "compile/link_command.h"

namespace proofmark::analyze {

enum class LinkerKind { kUnknown, kBfd, kLld };
enum class LinkOutput { kExecutable, kPie, kShared, kRelocatable };
enum class StackNote { kByObjects, kExecutable, kNotExecutable };
enum class TextRelocations { kByObjects, kAllowed, kRefused };

struct EffectiveLink {
  LinkerKind linker = LinkerKind::kUnknown;
  std::string linker_path;  // real path
  LinkOutput output = LinkOutput::kExecutable;
  bool is_static = false;  // no dynamic linker at run time
  bool relro = false;
  bool bind_now = false;
  StackNote stack = StackNote::kByObjects;
  TextRelocations text = TextRelocations::kByObjects;
  bool writable_text = false;    // -N
  Words run_paths;               // of -rpath and -R, in order
  Words always_needed;           // shared libraries named while --as-needed was off
  std::string describe() const;  // "BFD ld", "lld"
};

// `argv`: of the linker itself. `relro_by_default`: what it does when nobody says anything.
EffectiveLink interpret_linker_words(const Words& argv, LinkerKind kind, bool relro_by_default);

LinkerKind linker_kind(std::string_view real_path);

// The linker's argv out of what "-###" prints; empty when there is none.
Words linker_words(std::string_view text);

// The driver's words without the inputs, which only matter to the linker: objects need not exist when we ask.
Words link_question(const Words& arguments);

// What the command says to the linker, one request a word: "-z now" out of "-Wl,-z,now", "-z now" or "-Xlinker -z
// -Xlinker now"; the driver's own options are kept.
Words linker_requests(const Words& arguments);

nlohmann::json to_json(const EffectiveLink& link);
report::Result<EffectiveLink> link_from_json(const nlohmann::json& json);

}  // namespace proofmark::analyze
