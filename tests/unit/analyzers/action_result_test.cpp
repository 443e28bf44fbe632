// SPDX-License-Identifier: Apache-2.0
//
// The one message of Bazel's remote cache that is spoken: its bytes, and messages of strangers.
#include "tool/action_result.h"

#include "report/check.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;

const OutputFile kFile{"result", std::string(64, 'a'), 300};

// By hand, after the Protocol Buffers encoding: field 2 {1: path, 2 {1: hash, 2: size}}.
std::string bytes_are_those_of_the_format() {
  const std::string digest = "\x0a\x40" + kFile.sha256 + "\x10\xac\x02";
  const std::string file = "\x0a\x06result\x12" + std::string(1, static_cast<char>(digest.size())) + digest;
  return same(encode_action_result(kFile), "\x12" + std::string(1, static_cast<char>(file.size())) + file);
}
std::string comes_back() {
  return holds(decode_action_result(encode_action_result(kFile), "result") == kFile, "as it was") +
         holds(!decode_action_result(encode_action_result(kFile), "manifest"), "of another path") +
         holds(!decode_action_result("", "result"), "of an empty message");
}
// bazel-remote adds metadata of the execution; other files may be there, too.
std::string unknown_fields_are_skipped() {
  const std::string other = encode_action_result({"log", std::string(64, 'b'), 1});
  const std::string metadata("\x4a\x03\x0a\x01w\x20\x00\x29\x01\x02\x03\x04\x05\x06\x07\x08\x35\x01\x02\x03\x04", 21);
  return holds(decode_action_result(other + metadata + encode_action_result(kFile), "result") == kFile,
               "the file is found");
}
std::string damaged_messages_are_none() {
  const std::string sound = encode_action_result(kFile);
  std::string wrong;
  for (size_t size = 1; size < sound.size(); ++size)
    wrong += holds(!decode_action_result(sound.substr(0, size), "result"), "cut off at " + std::to_string(size));
  for (const auto& strange : {std::string("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"),
                              std::string("\x12\xff\xff\xff\xff\x0f"), std::string("\x13"), std::string("\x11\x01")})
    wrong += holds(!decode_action_result(sound + strange, "result"), "a strange end");
  OutputFile file = kFile;
  file.sha256 = "../../../../etc/passwd" + std::string(42, 'a');
  return wrong + holds(!decode_action_result(encode_action_result(file), "result"), "a hash that is none");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<bytes_are_those_of_the_format>("bytes_are_those_of_the_format"),
      named<comes_back>("comes_back"),
      named<unknown_fields_are_skipped>("unknown_fields_are_skipped"),
      named<damaged_messages_are_none>("damaged_messages_are_none"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
