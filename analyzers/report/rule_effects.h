// SPDX-License-Identifier: Apache-2.0
//
// Which protection the finding of a rule takes away, for the rules whose findings do not say it themselves: rules on the
// source, and rules of the audit that judge the linked file as a whole.
#pragma once

#include <string_view>

namespace proofmark::report {

// True when a finding of the source rule `rule` means that `property` (of kPropertyNames) may be lost where it lies.
bool weakens(std::string_view rule, std::string_view property);

// The property of the whole file that the audit rule `rule` judges, empty when it judges none.
std::string_view file_property(std::string_view rule);

// Properties that the units establish and that linking can still take away from all of them at once.
bool linking_can_lose(std::string_view property);

}  // namespace proofmark::report
