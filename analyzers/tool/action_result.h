// SPDX-License-Identifier: Apache-2.0
//
// The message under /ac/ of a Bazel remote cache, as far as one output file needs it: servers that check their entries
// (bazel-remote) refuse anything else there. Remote Execution API v2, ActionResult, in Protocol Buffers wire format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace proofmark::analyze {

struct OutputFile {
  std::string path;
  std::string sha256;  // lower-case hex
  std::uint64_t size = 0;

  bool operator==(const OutputFile&) const = default;
};

std::string encode_action_result(const OutputFile& file);

// The output file with this path; nothing when the message has none, or is none.
std::optional<OutputFile> decode_action_result(std::string_view message, std::string_view path);

}  // namespace proofmark::analyze
