// SPDX-License-Identifier: Apache-2.0
//
// ISO 8601 calendar dates; libstdc++ 12 has the calendar types but no parser for them.
#include "report/date.h"

#include <charconv>

#include <fmt/format.h>

namespace proofmark::report {
namespace {

bool number(std::string_view digits, unsigned& value) {
  const char* const end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, value);
  return error == std::errc{} && rest == end;
}

}  // namespace

Result<Date> parse_date(std::string_view text) {
  unsigned year = 0, month = 0, day = 0;
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' && number(text.substr(0, 4), year) &&
                      number(text.substr(5, 2), month) && number(text.substr(8, 2), day);
  const Date date{std::chrono::year(static_cast<int>(year)), std::chrono::month(month), std::chrono::day(day)};
  if (!shaped || !date.ok()) {
    return tl::unexpected(Error{fmt::format("not a date (expected YYYY-MM-DD, found \"{}\")", text), {}});
  }
  return date;
}

std::string date_to_text(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

Date today() {
  return Date{std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
}

}  // namespace proofmark::report
