// SPDX-License-Identifier: Apache-2.0
//
// Reading JSON that others wrote: every field is asked for with its type, and the first one that is missing or of another
// type is remembered with its name. The caller reads straight through and asks once.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "proofmark/sign/error.h"

namespace proofmark::sign {

// The file as a JSON object. `what` names it in messages ("evidence", "board").
Result<nlohmann::json> read_json(const std::filesystem::path& path, const std::string& what);

class FieldReader {
 public:
  const nlohmann::json& object(const nlohmann::json& in, const char* key);
  const nlohmann::json& array(const nlohmann::json& in, const char* key);
  std::string text(const nlohmann::json& in, const char* key);
  std::uint64_t number(const nlohmann::json& in, const char* key);
  bool boolean(const nlohmann::json& in, const char* key);
  Digest digest(const nlohmann::json& in, const char* key);
  std::string element(const nlohmann::json& value, const char* key);

  void complain(const std::string& text) {
    if (problem_.empty()) problem_ = text;
  }
  const std::string& problem() const { return problem_; }

 private:
  const nlohmann::json* find(const nlohmann::json& in, const char* key, nlohmann::json::value_t type);
  std::string problem_;
};

}  // namespace proofmark::sign
