// SPDX-License-Identifier: Apache-2.0
//
// Shards; see shards.h.
#include "tool/shards.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/digest.h"
#include "report/file.h"
#include "report/json_reader.h"

namespace proofmark::analyze {
namespace {

using nlohmann::json;

bool read_number(std::string_view text, unsigned& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

std::string identity(const CompileCommand& command, const Relocation& relocation) {
  std::string words = relocation.fold(command.absolute_file().string());
  for (const std::string& word : command.arguments) (words += '\0') += relocation.fold(word);
  return report::sha256_hex(words);
}

// What all machines know of a unit's time without asking each other. Most of it is the exploration of functions, which
// grows with the source; the rest, headers and start-up, is alike for all. tests/bench/shards.sh says how well that fits.
std::uintmax_t cost_of(const CompileCommand& command) {
  constexpr std::uintmax_t kOfAnyUnit = 4096;
  std::error_code error;
  const std::uintmax_t bytes = std::filesystem::file_size(command.absolute_file(), error);
  return kOfAnyUnit + (error ? 0 : bytes);
}

struct Share {
  std::uintmax_t cost;
  std::string identity;
  size_t at;  // in the list of commands

  bool operator<(const Share& other) const {
    return std::tie(other.cost, identity, at) < std::tie(cost, other.identity, other.at);
  }
};

tl::unexpected<report::Error> refuse(std::string message) {
  return tl::unexpected(
      report::Error{std::move(message), "run check --shard once for each of 1/n to n/n, on one build"});
}

}  // namespace

report::Result<Shard> parse_shard(const std::string& text) {
  Shard shard;
  if (text.empty()) return shard;
  const size_t slash = text.find('/');
  const bool sound = slash != std::string::npos && read_number(std::string_view(text).substr(0, slash), shard.index) &&
                     read_number(std::string_view(text).substr(slash + 1), shard.count) && shard.index >= 1 &&
                     shard.index <= shard.count;
  if (sound) return shard;
  return tl::unexpected(
      report::Error{fmt::format("--shard: not a part of a whole (expected 1/4 to 4/4, found {})", text), ""});
}

void take_shard(const Relocation& relocation, Shard& shard, std::vector<CompileCommand>& commands) {
  if (shard.count == 0) return;
  std::vector<Share> shares;
  for (size_t i = 0; i < commands.size(); ++i)
    shares.push_back({cost_of(commands[i]), identity(commands[i], relocation), i});
  std::sort(shares.begin(), shares.end());
  std::string all;
  std::vector<size_t> mine;
  // The most costly first, each to the part that has least to do: no part is longer than 4/3 of the shortest possible
  // (R. L. Graham, Bounds on multiprocessing timing anomalies, 1969), were the costs right.
  std::set<std::pair<std::uintmax_t, unsigned>> parts;
  for (unsigned part = 1; part <= std::min<size_t>(shard.count, commands.size()); ++part) parts.emplace(0, part);
  for (const Share& share : shares) {
    all += fmt::format("{} {}\n", share.cost, share.identity);
    auto [load, part] = *parts.begin();
    parts.erase(parts.begin());
    parts.emplace(load + share.cost, part);
    if (part == shard.index) mine.push_back(share.at);
  }
  shard.units_sha256 = report::sha256_hex(all);
  std::ranges::sort(mine);
  std::vector<CompileCommand> kept;
  for (const size_t i : mine) kept.push_back(std::move(commands[i]));
  commands = std::move(kept);
}

std::string note_shard(std::string document, const Shard& shard) {
  if (shard.count == 0) return document;
  json object = json::parse(document);  // our own
  object["shard"] = {
      {"index", shard.index}, {"count", shard.count}, {"units_sha256", shard.units_sha256}, {"broken", shard.broken}};
  return report::dump_json(object);
}

report::Result<Shard> read_shard(const std::string& file) {
  const auto document = report::read_json(file);
  if (!document) return tl::unexpected(document.error());
  if (!document->is_object() || !document->contains("shard")) return Shard{};
  report::JsonReader reader;
  const json& object = (*document)["shard"];
  Shard shard{reader.number<unsigned>(object, "index"), reader.number<unsigned>(object, "count"),
              reader.text(object, "units_sha256"), reader.texts(object, "broken")};
  if (shard.count == 0) reader.fail("one of none");
  if (reader.problem().empty()) return shard;
  return tl::unexpected(report::Error{fmt::format("{}: not a shard: {}", file, reader.problem()), ""});
}

report::Result<void> check_shards(const std::vector<Shard>& shards) {
  const auto first = std::ranges::find_if(shards, [](const Shard& shard) { return shard.count != 0; });
  if (first == shards.end()) return {};
  std::set<unsigned> seen;
  for (const Shard& shard : shards) {
    if (shard.count == 0) return refuse("a shard cannot be merged with evidence that is none");
    if (shard.count != first->count)
      return refuse(
          fmt::format("shards are of different numbers (expected n/{}, found n/{})", first->count, shard.count));
    if (shard.units_sha256 != first->units_sha256)
      return refuse(
          fmt::format("shard {}/{} is of another build: the lists of all units differ (expected {}, found {})",
                      shard.index, shard.count, first->units_sha256, shard.units_sha256));
    if (shard.index == 0 || shard.index > shard.count)
      return refuse(fmt::format("there is no shard {}/{}", shard.index, shard.count));
    if (!seen.insert(shard.index).second)
      return refuse(fmt::format("shard {}/{} is there twice", shard.index, shard.count));
  }
  // A hostile count ends at the first that is missing.
  for (unsigned index = 1; index <= first->count; ++index)
    if (!seen.contains(index)) return refuse(fmt::format("shard {}/{} is missing", index, first->count));
  return {};
}

std::vector<std::string> join_properties(const std::vector<Shard>& shards,
                                         const std::vector<std::vector<std::string>>& held) {
  std::set<std::string> all;
  for (const auto& names : held) all.insert(names.begin(), names.end());
  for (const Shard& shard : shards)
    for (const std::string& name : shard.broken) all.erase(name);
  return {all.begin(), all.end()};
}

}  // namespace proofmark::analyze
