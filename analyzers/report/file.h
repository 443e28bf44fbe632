// SPDX-License-Identifier: Apache-2.0
//
// Reading and writing whole files, with the error messages that all tools share.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "report/finding.h"

namespace proofmark::report {

// The bytes of a regular file; directories, devices and files above `max_bytes` are refused.
Result<std::string> read_file(const std::filesystem::path& file, std::size_t max_bytes = std::size_t{1} << 31);

// Parses a file as JSON; a syntax error is reported with line and column, and nesting deeper than 100 is refused.
Result<nlohmann::json> read_json(const std::filesystem::path& file);
Result<nlohmann::json> parse_json(std::string_view text, const std::string& origin);

// The same, but an object with one key twice is refused: the library would keep the last, which a reader may overlook.
Result<nlohmann::json> parse_json_unique(std::string_view text, const std::string& origin);

// A value for an error message: a short text; never more than its kind for an array or an object, whose nesting may be
// as deep as a hostile file likes.
std::string describe_json(const nlohmann::json& value);

// Replaces `file` atomically: a reader sees the old content or the new, never a part of either.
Result<void> write_file(const std::filesystem::path& file, std::string_view content);

// The same for a cache: only its owner may read or write `file`, whatever the umask says.
Result<void> write_private_file(const std::filesystem::path& file, std::string_view content);

// The bytes of a file that nobody but the caller's user can have written. A link, a device, a giant is as good as
// nothing.
std::optional<std::string> read_private_file(const std::filesystem::path& file, std::size_t max_bytes);

// Whether `directory`, made where it is missing, belongs to the caller's user, and nobody else may write in it.
bool make_private_directory(const std::filesystem::path& directory);

// Two-space indented JSON with a final newline; bytes that are not UTF-8 are replaced, never thrown about.
std::string dump_json(const nlohmann::json& json);

// The string member `key` of `object`; an error naming `origin` and `key` when it is missing, not a string or empty.
Result<std::string> required_string(const nlohmann::json& object, const char* key, std::string_view origin);

// Whether `file` is somewhere below `folder`, by the names alone: links and ".." must have been resolved.
bool lies_below(const std::filesystem::path& file, const std::filesystem::path& folder);

}  // namespace proofmark::report
