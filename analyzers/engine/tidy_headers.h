// SPDX-License-Identifier: Apache-2.0
//
// clang-tidy's headers, which are not ours to keep free of warnings.
#pragma once

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <clang-tidy/ClangTidy.h>
#include <clang-tidy/ClangTidyDiagnosticConsumer.h>
#include <clang-tidy/ClangTidyModule.h>
#include <clang-tidy/ClangTidyOptions.h>
#include <clang/AST/ASTDiagnostic.h>
#pragma clang diagnostic pop
