// SPDX-License-Identifier: Apache-2.0
//
// PMS431: a file that everybody can write is an input that everybody controls.
#include <algorithm>

#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

struct ModeArgument {
  std::string_view function;
  unsigned index;
};

constexpr ModeArgument kModes[] = {{"chmod", 1},   {"fchmod", 1},   {"lchmod", 1},  {"fchmodat", 2}, {"mkdir", 1},
                                   {"mkdirat", 2}, {"creat", 1},    {"creat64", 1}, {"open", 2},     {"open64", 2},
                                   {"openat", 3},  {"openat64", 3}, {"mkfifo", 1},  {"mkfifoat", 2}, {"mknod", 1},
                                   {"mknodat", 2}, {"shm_open", 2}, {"mq_open", 2}, {"sem_open", 2}};
constexpr uint64_t kOthersWrite = 0002, kSticky = 01000;

bool is_open_to_all(uint64_t mode) {
  return (mode & kOthersWrite) != 0 && (mode & kSticky) == 0;
}

void on_code(const CodeFacts& code, SourceContext& context) {
  for (const CallFact& fact : code.calls) {
    const auto* mode = std::ranges::find(kModes, fact.name, &ModeArgument::function);
    if (mode == std::end(kModes) || !is_library_call(*fact.callee, context)) continue;
    const auto values = possible_values(argument(*fact.call, mode->index), context, code);
    if (std::ranges::none_of(values, is_open_to_all)) continue;
    const bool masked = fact.name.find("chmod") == std::string_view::npos;
    context.report(kPms431WorldWritableFile, fact.call->getBeginLoc(),
                   std::string(fact.name) + " gives everybody the right to write" +
                       (masked ? ", unless the umask happens to take it away" : ""),
                   "give the owner what is needed: 0600, 0644, 0755");
  }
}

}  // namespace

constinit const SourceRule kPms431WorldWritableFile = {
    .info = {"PMS431", "world-writable-file", "No file is writable by everybody.", report::Level::kShould, 732},
    .on_code = on_code};

}  // namespace proofmark::analyze
