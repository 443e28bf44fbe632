// SPDX-License-Identifier: Apache-2.0
//
// Reads a configuration: schema, values, the overlay of one environment, and what the command line sets. Nothing is guessed:
// a value that its schema does not allow, a setting without a value and a value without a setting are refused.
#include "proofmark/sign/configuration.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "json_field.h"
#include "proofmark/sign/cbor.h"
#include "proofmark/sign/digest.h"

namespace proofmark::sign {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestString = 4096;
constexpr std::size_t kMostElements = 1024;
constexpr std::size_t kMostSettings = 1024;

bool is_identifier(const std::string& text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !text.empty() && text.size() <= kLongestName && text[0] >= 'a' && text[0] <= 'z' &&
         std::all_of(text.begin(), text.end(), fits);
}

std::optional<SettingType> type_of(const json& value) {
  constexpr std::pair<const char*, SettingType> kTypes[] = {{"int", SettingType::kInteger},
                                                            {"bool", SettingType::kBoolean},
                                                            {"string", SettingType::kString},
                                                            {"array", SettingType::kArray}};
  for (const auto& [name, type] : kTypes) {
    if (value == name) return type;
  }
  return std::nullopt;
}

class Reader {
 public:
  explicit Reader(const ConfigureRequest& request) : request_(request) {}

  Result<Configuration> read() {
    auto root = read_json(request_.file, "configuration");
    if (!root) return tl::unexpected(root.error());
    check_members(*root, {"proofmark_configuration", "name", "schema", "values", "environments"}, "the file");
    if (!root->contains("proofmark_configuration") || (*root)["proofmark_configuration"] != 1)
      complain("\"proofmark_configuration\" is not 1, the only version");
    configuration_.name = root->value("name", json()).is_string() ? (*root)["name"].get<std::string>() : "";
    if (!is_identifier(configuration_.name)) complain("\"name\" is not an identifier (expected a-z, 0-9, _)");
    configuration_.environment = request_.environment;
    configuration_.tls_certificate = request_.tls_certificate;
    for (const char* key : {"schema", "values"}) {
      if (!root->contains(key) || !(*root)[key].is_object()) complain(fmt::format("\"{}\" is not an object", key));
    }
    if (problem_.empty()) read_schema((*root)["schema"]);
    if (problem_.empty()) take_values((*root)["values"], "values");
    if (problem_.empty()) take_environment(*root);
    for (const auto& text : request_.given) take_given(text);
    for (const auto& [key, setting] : configuration_.schema) {
      if (!configuration_.values.contains(key)) complain(fmt::format("\"{}\" has no value", key));
    }
    if (!problem_.empty()) return unknown(request_.file.string(), "bad configuration: " + problem_);
    if (!secret_.empty())
      return refused(request_.file.string(),
                     fmt::format("\"{}\" looks like a secret, which everybody who has the program could read", secret_),
                     "keep secrets in the device's key store, and configure where they are");
    return std::move(configuration_);
  }

 private:
  void complain(const std::string& text) {
    if (problem_.empty()) problem_ = text;
  }

  void check_members(const json& object, std::initializer_list<const char*> known, const std::string& where) {
    for (const auto& [key, value] : object.items()) {
      if (std::find(known.begin(), known.end(), key) == known.end())
        complain(fmt::format("{} has a member \"{}\" that is not known", where, key));
    }
  }

  std::int64_t bound(const json& entry, const char* key, std::int64_t otherwise) {
    if (!entry.contains(key)) return otherwise;
    if (!entry[key].is_number_integer() ||
        (entry[key].is_number_unsigned() && entry[key].get<std::uint64_t>() > INT64_MAX))
      return complain(fmt::format("\"{}\" in the schema is not a whole number of 64 bits", key)), otherwise;
    return entry[key].get<std::int64_t>();
  }

  std::size_t size_bound(const json& entry, const char* key, std::size_t most, const std::string& name) {
    const std::int64_t value = bound(entry, key, 0);
    if (value < 1 || value > static_cast<std::int64_t>(most))
      complain(fmt::format("schema of \"{}\": \"{}\" is missing or out of range (expected 1 to {})", name, key, most));
    return static_cast<std::size_t>(std::max<std::int64_t>(value, 1));
  }

  void read_scalar_bounds(const json& entry, SettingType type, const std::string& name, Setting& setting) {
    if (type == SettingType::kInteger) {
      if (!entry.contains("min") || !entry.contains("max"))
        complain(fmt::format("schema of \"{}\": an int needs \"min\" and \"max\"", name));
      setting.minimum = bound(entry, "min", 0);
      setting.maximum = bound(entry, "max", 0);
      if (setting.minimum > setting.maximum) complain(fmt::format("schema of \"{}\": \"min\" is above \"max\"", name));
    }
    if (type == SettingType::kString) setting.longest = size_bound(entry, "max_length", kLongestString, name);
  }

  void read_schema(const json& schema) {
    if (schema.empty() || schema.size() > kMostSettings) complain("the schema is empty, or has too many settings");
    for (const auto& [name, entry] : schema.items()) {
      if (!is_identifier(name)) complain(fmt::format("\"{}\" is not an identifier (expected a-z, 0-9, _)", name));
      if (!entry.is_object()) return complain(fmt::format("schema of \"{}\" is not an object", name));
      check_members(entry, {"type", "min", "max", "max_length", "of", "max_items", "about"},
                    "schema of \"" + name + "\"");
      const auto type = type_of(entry.value("type", json()));
      if (!type) return complain(fmt::format("schema of \"{}\": \"type\" is none of int, bool, string, array", name));
      Setting setting;
      setting.type = *type;
      SettingType scalar = *type;
      if (*type == SettingType::kArray) {
        const auto element = type_of(entry.value("of", json()));
        if (!element || *element == SettingType::kArray)
          return complain(fmt::format("schema of \"{}\": \"of\" is none of int, bool, string", name));
        scalar = setting.element = *element;
        setting.most = size_bound(entry, "max_items", kMostElements, name);
      }
      read_scalar_bounds(entry, scalar, name, setting);
      configuration_.schema.emplace(name, setting);
    }
  }

  // Text that a compiler and a console take as it is; looking like a key is remembered, not worded here.
  void check_string(const std::string& name, const Setting& setting, const std::string& text) {
    const bool control = std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    if (control && text.find("PRIVATE KEY") == std::string::npos)
      complain(fmt::format("\"{}\" has control characters", name));
    if (text.size() > setting.longest && text.find("PRIVATE KEY") == std::string::npos)
      complain(
          fmt::format("\"{}\" is too long (expected at most {} bytes, found {})", name, setting.longest, text.size()));
    static constexpr const char* kTelling[] = {"password", "passphrase", "secret", "private_key", "api_key", "token"};
    const bool named = std::any_of(std::begin(kTelling), std::end(kTelling),
                                   [&](const char* word) { return name.find(word) != std::string::npos; });
    // PEM, OpenSSH and age keys say what they are; base64 of a PKCS#8 or PKCS#1 structure begins like this.
    const bool key =
        text.find("PRIVATE KEY") != std::string::npos || text.find("AGE-SECRET-KEY-") != std::string::npos ||
        (text.size() > 100 && (text.starts_with("MII") || text.starts_with("MHcCAQEE") || text.starts_with("MIG")));
    if ((key || (named && !text.empty())) && secret_.empty()) secret_ = name;
  }

  void take_scalar(const std::string& name, SettingType type, const Setting& setting, const json& value, Value& out) {
    switch (type) {
      case SettingType::kInteger: {
        const bool whole =
            value.is_number_integer() &&
            !(value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX));
        if (!whole) return complain(fmt::format("\"{}\" is not a whole number", name));
        const auto number = value.get<std::int64_t>();
        if (number < setting.minimum || number > setting.maximum)
          complain(fmt::format("\"{}\" is out of range (expected {} to {}, found {})", name, setting.minimum,
                               setting.maximum, number));
        return out.emplace_back(number), void();
      }
      case SettingType::kBoolean:
        if (!value.is_boolean()) return complain(fmt::format("\"{}\" is neither true nor false", name));
        return out.emplace_back(value.get<bool>()), void();
      default:
        if (!value.is_string()) return complain(fmt::format("\"{}\" is not a string", name));
        check_string(name, setting, value.get<std::string>());
        return out.emplace_back(value.get<std::string>()), void();
    }
  }

  void take(const std::string& name, const json& value, const std::string& where) {
    const auto found = configuration_.schema.find(name);
    if (found == configuration_.schema.end())
      return complain(fmt::format("{} sets \"{}\", which the schema does not have", where, name));
    const Setting& setting = found->second;
    Value taken;
    if (setting.type == SettingType::kArray) {
      if (!value.is_array()) return complain(fmt::format("\"{}\" is not an array", name));
      if (value.size() > setting.most)
        complain(fmt::format("\"{}\" has too many elements (expected at most {}, found {})", name, setting.most,
                             value.size()));
      for (const auto& element : value) take_scalar(name, setting.element, setting, element, taken);
    } else {
      take_scalar(name, setting.type, setting, value, taken);
    }
    configuration_.values[name] = std::move(taken);
  }

  void take_values(const json& values, const std::string& where) {
    for (const auto& [name, value] : values.items()) take(name, value, where);
  }

  void take_environment(const json& root) {
    const json environments = root.value("environments", json::object());
    if (!environments.is_object()) return complain("\"environments\" is not an object");
    if (request_.environment.empty()) {
      if (!environments.empty()) complain("the file has environments, and none was named (--env)");
      return;
    }
    if (!environments.contains(request_.environment) || !environments[request_.environment].is_object()) {
      std::vector<std::string> names;
      for (const auto& [name, overlay] : environments.items()) names.push_back(name);
      return complain(fmt::format("no environment \"{}\" (expected {})", request_.environment, fmt::join(names, ", ")));
    }
    take_values(environments[request_.environment], "environment " + request_.environment);
  }

  // A string is taken as it stands, everything else as JSON.
  void take_given(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) return complain(fmt::format("--set {} is not KEY=VALUE", text));
    const std::string name = text.substr(0, equals), value = text.substr(equals + 1);
    const auto found = configuration_.schema.find(name);
    const bool string = found != configuration_.schema.end() && found->second.type == SettingType::kString;
    json parsed = string ? json(value) : json::parse(value, nullptr, /*allow_exceptions=*/false);
    if (parsed.is_discarded()) return complain(fmt::format("--set {}: the value is not JSON", text));
    take(name, parsed, "--set");
  }

  const ConfigureRequest& request_;
  Configuration configuration_;
  std::string problem_, secret_;
};

void write_scalar(CborWriter& out, const Scalar& value) {
  constexpr std::uint8_t kFalse = 0xf4, kTrue = 0xf5;  // RFC 8949 section 3.3
  if (const auto* number = std::get_if<std::int64_t>(&value)) return out.integer(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return out.text(*text);
  const std::uint8_t simple = std::get<bool>(value) ? kTrue : kFalse;
  out.raw({&simple, 1});
}

}  // namespace

Result<Configuration> read_configuration(const ConfigureRequest& request) {
  return Reader(request).read();
}

Digest digest(const Configuration& configuration) {
  CborWriter out;
  out.array(4);
  out.text(configuration.name);
  out.text(configuration.environment);
  const Digest none{};
  out.bytes(configuration.tls_certificate.value_or(none));
  out.array(configuration.values.size());
  for (const auto& [name, value] : configuration.values) {
    out.array(2);
    out.text(name);
    if (configuration.schema.at(name).type != SettingType::kArray) {
      write_scalar(out, value.front());
      continue;
    }
    out.array(value.size());
    for (const auto& element : value) write_scalar(out, element);
  }
  return sha256(out.out());
}

}  // namespace proofmark::sign
