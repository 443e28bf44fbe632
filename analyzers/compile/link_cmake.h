// SPDX-License-Identifier: Apache-2.0
//
// Link steps as CMake's File API tells them (codemodel-v2 and toolchains-v1). No program is started. The reply exists
// when build/.cmake/api/v1/query/codemodel-v2 and .../toolchains-v1 existed at configure time.
#pragma once

#include "compile/link_command.h"

namespace proofmark::analyze {

report::Result<std::vector<LinkCommand>> read_cmake_reply(const std::filesystem::path& build_dir);

}  // namespace proofmark::analyze
