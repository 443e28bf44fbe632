// SPDX-License-Identifier: Apache-2.0
//
// PMS501: a function whose variables take more of the stack than the policy's parameter "max-frame" allows. Tasks and
// threads of firmware have small stacks, and what runs over the end of one lands in the memory of another.
#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/frame_size.h"
#include "engine/source_context.h"
#include "report/policy.h"
#include "rules/firmware_rules.h"

namespace proofmark::analyze {
namespace {

constexpr std::uint64_t kMaxFrame = 16384;  // bytes

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  if (function == nullptr || !function->isThisDeclarationADefinition() || !function->hasBody() ||
      function->isDependentContext())
    return;
  const std::uint64_t most = context.policy().parameter("PMS501", "max-frame").is_number_unsigned()
                                 ? context.policy().parameter("PMS501", "max-frame").get<std::uint64_t>()
                                 : kMaxFrame;
  const FrameSize frame = frame_size(*function);
  if (frame.bytes <= most) return;
  std::string message = fmt::format("'{}' takes {} bytes of the stack (expected at most {})",
                                    function->getNameAsString(), frame.bytes, most);
  if (frame.largest != nullptr)
    message +=
        fmt::format("; the largest variable is '{}', {} bytes", frame.largest->getNameAsString(), frame.largest_bytes);
  context.report(
      kPms501StackFrame, function->getLocation(), std::move(message),
      "make large buffers static where the function is not reentered, or take them from the caller or the heap");
}

}  // namespace

constinit const SourceRule kPms501StackFrame = {
    .info = {"PMS501", "stack-frame", "No function takes more of the stack than the policy allows.",
             report::Level::kShould, 770},
    .on_decl = on_decl};

}  // namespace proofmark::analyze
