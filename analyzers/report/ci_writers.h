// SPDX-License-Identifier: Apache-2.0
//
// Findings in the forms that CI systems read (docs/ci.md). Paths are relative to the report's root. Names, messages and
// source lines may come from an attacker; no writer lets them act as commands, markup or structure.
#pragma once

#include <string>

#include "report/review.h"

namespace proofmark::report {

// {"proofmark_findings": 1, "tool", "version", "board", "policy", "complete", "counts", "findings", "gone"}: what
// finding_to_json gives, and its "id" across runs.
std::string to_json(const Review& review);

// GitLab Code Quality: an array of findings, without the waived ones, for which it has no word.
std::string to_gitlab(const Review& review);

// JUnit: one test per unit without findings, and one per unit and rule that found something there. It fails when a finding
// blocks, is an error when the unit could not be analysed, and is skipped when all are waived.
std::string to_junit(const Review& review);

// GitHub workflow commands, the most urgent findings first and no more than GitHub shows of a step; then the summary line.
std::string to_github(const Review& review);

// The summary of a GitHub step, in Markdown.
std::string to_markdown(const Review& review);

// One page that loads nothing, for a reader: an artefact of a job, or a mail.
std::string to_html(const Review& review);

}  // namespace proofmark::report
