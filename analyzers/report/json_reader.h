// SPDX-License-Identifier: Apache-2.0
//
// Reads members of a JSON document that may come from anywhere (a CI artefact store that others can write to), checks
// the type of each, and remembers the first that is not as it should be, so that forty reads need one error branch.
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/file.h"

namespace proofmark::report {

class JsonReader {
 public:
  using json = nlohmann::json;

  // Empty while everything was as expected.
  const std::string& problem() const { return problem_; }

  void fail(std::string what) {
    if (problem_.empty()) problem_ = std::move(what);
  }

  const json& member(const json& object, const char* key) {
    static const json kNull;
    const auto found = object.is_object() ? object.find(key) : object.end();
    if (object.is_object() && found != object.end()) return *found;
    fail(fmt::format("\"{}\" is missing", key));
    return kNull;
  }

  std::string text(const json& object, const char* key) {
    const json& value = member(object, key);
    if (value.is_string()) return value.get<std::string>();
    fail(fmt::format("\"{}\" is not a string (found {})", key, describe_json(value)));
    return {};
  }

  template <class Number>
  Number number(const json& object, const char* key) {
    const json& value = member(object, key);
    if (value.is_number_unsigned() && value.get<std::uint64_t>() <= std::numeric_limits<Number>::max()) {
      return value.get<Number>();
    }
    fail(fmt::format("\"{}\" is not a count (found {})", key, describe_json(value)));
    return 0;
  }

  bool flag(const json& object, const char* key) {
    const json& value = member(object, key);
    if (!value.is_boolean()) fail(fmt::format("\"{}\" is not true or false (found {})", key, describe_json(value)));
    return value == true;
  }

  // An array; iterating over what a failed look-up returns does nothing.
  const json& list(const json& object, const char* key) {
    static const json kNone = json::array();
    const json& value = member(object, key);
    if (value.is_array()) return value;
    fail(fmt::format("\"{}\" is not an array", key));
    return kNone;
  }

  // One of two words; true for the first.
  bool choice(const json& object, const char* key, std::string_view yes, std::string_view no) {
    const std::string word = text(object, key);
    if (word != yes && word != no) {
      fail(fmt::format("\"{}\" is unknown (expected {} or {}, found {})", key, yes, no, word));
    }
    return word == yes;
  }

  // Which of `words` the member is; the first when it is none of them.
  template <std::size_t N>
  std::size_t word(const json& object, const char* key, const std::array<std::string_view, N>& words) {
    const std::string found = text(object, key);
    const auto at = std::find(words.begin(), words.end(), found);
    if (at != words.end()) return static_cast<std::size_t>(at - words.begin());
    fail(fmt::format("\"{}\" is unknown (found {})", key, found));
    return 0;
  }

  std::vector<std::string> texts(const json& object, const char* key) {
    std::vector<std::string> result;
    for (const json& value : list(object, key)) {
      if (value.is_string()) {
        result.push_back(value.get<std::string>());
      } else {
        fail(fmt::format("\"{}\" holds something that is not a string", key));
      }
    }
    return result;
  }

 private:
  std::string problem_;
};

}  // namespace proofmark::report
