// SPDX-License-Identifier: Apache-2.0
//
// Calendar dates for the expiry of waivers.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "report/finding.h"

namespace proofmark::report {

using Date = std::chrono::year_month_day;

// "YYYY-MM-DD", a day that exists.
Result<Date> parse_date(std::string_view text);
std::string date_to_text(Date date);
// The current day in UTC.
Date today();

}  // namespace proofmark::report
