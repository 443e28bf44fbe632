// SPDX-License-Identifier: Apache-2.0
//
// Configuration that is compiled in (docs/configuration.md): checked against its schema, turned into read-only data, and
// known by a digest that lies in a note of the program, so that a mark can bind it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "proofmark/sign/error.h"

namespace proofmark::sign {

class InputFile;

enum class SettingType : std::uint8_t { kInteger, kBoolean, kString, kArray };

struct Setting {
  SettingType type = SettingType::kInteger;
  SettingType element = SettingType::kInteger;  // of an array
  std::int64_t minimum = 0, maximum = 0;        // integers, also in an array
  std::size_t longest = 0;                      // bytes of a string, also in an array
  std::size_t most = 0;                         // elements of an array
};

using Scalar = std::variant<std::int64_t, bool, std::string>;
using Value = std::vector<Scalar>;  // one element unless the setting is an array

struct Configuration {
  std::string name, environment;
  std::map<std::string, Setting> schema;
  std::map<std::string, Value> values;  // the same keys
  std::optional<Digest> tls_certificate;
};

struct ConfigureRequest {
  std::filesystem::path file;
  std::string environment;         // an overlay of the file, or empty
  std::vector<std::string> given;  // KEY=VALUE, over everything else
  std::optional<Digest> tls_certificate;
};

Result<Configuration> read_configuration(const ConfigureRequest& request);

// SHA-256 of the deterministic encoding in docs/configuration.md.
Digest digest(const Configuration& configuration);

// A header with the structure and one macro per setting, and a source with the data and the note; both for C11 and C++.
std::string configuration_header(const Configuration& configuration);
std::string configuration_source(const Configuration& configuration, const std::string& header);

// What a mark binds. The digests of a configuration, as a file beside its source and as the note of a program.
struct ConfigurationBinding {
  Digest configuration{};
  std::optional<Digest> tls_certificate;
  bool operator==(const ConfigurationBinding&) const = default;
};
std::string to_json(const ConfigurationBinding& binding, const std::string& environment);
Result<ConfigurationBinding> read_binding(const std::filesystem::path& file);

// The binding in the notes of an ELF program: nothing when there is none. Refuses more than one, and one that lies where
// the program could write.
Result<std::optional<ConfigurationBinding>> find_binding(const InputFile& file);

inline constexpr char kNoteOwner[] = "Proofmark";
inline constexpr std::uint32_t kNoteConfiguration = 1;  // description: 32 bytes, then 32 bytes or zeros

}  // namespace proofmark::sign
