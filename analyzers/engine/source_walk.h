// SPDX-License-Identifier: Apache-2.0
//
// Runs every source rule over one unit: records what the preprocessor does, then walks the tree once.
#pragma once

#include "engine/source_context.h"
#include "engine/source_facts.h"

namespace proofmark::analyze {

// Call before the parse starts; `facts` and `context` must outlive it.
void record_facts(clang::Preprocessor& preprocessor, const SourceContext& context, SourceFacts& facts);

void walk_tree(clang::ASTContext& tree, SourceContext& context);
void judge_facts(const SourceFacts& facts, SourceContext& context);

}  // namespace proofmark::analyze
