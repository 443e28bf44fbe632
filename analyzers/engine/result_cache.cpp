// SPDX-License-Identifier: Apache-2.0
//
// The cache of results; see result_cache.h.
#include "engine/result_cache.h"

#include "report/digest.h"

namespace proofmark::analyze {
namespace {

EntryName manifest_name(const std::string& key) {
  return {EntryKind::kManifest, key};
}

// A result's name is made of all that decided it, so that no manifest can lead to another unit's result.
EntryName result_name(const std::string& key, std::string_view set) {
  return {EntryKind::kResult, report::sha256_hex(key + "\n" + std::string(set))};
}

}  // namespace

ResultCache::ResultCache(Options options, const Relocation& relocation)
    : options_(std::move(options)), relocation_(relocation), files_(relocation) {}

std::optional<std::string> ResultCache::read_local(const EntryName& name) {
  if (!options_.directory) return std::nullopt;
  const std::string sealed = options_.directory->read(name);
  if (sealed.empty()) return std::nullopt;
  if (const auto content = open_entry(name, sealed)) return std::string(*content);
  ++damaged_;
  if (!options_.read_only) options_.directory->remove(name);
  return std::nullopt;
}

void ResultCache::write_local(const EntryName& name, std::string_view content) {
  if (!options_.directory || options_.read_only) return;
  wrote_ |= options_.directory->write(name, seal_entry(name, content));
}

std::optional<std::string> ResultCache::read(const EntryName& name) {
  auto content = read_local(name);
  if (content || options_.remote == nullptr) return content;
  content = options_.remote->read(name);
  if (content) write_local(name, *content);
  return content;
}

std::optional<Manifest> ResultCache::read_manifest(const EntryName& name, std::optional<std::string> content) {
  if (!content) return std::nullopt;
  auto manifest = manifest_from_text(*content);
  if (manifest) return manifest;
  ++damaged_;
  if (options_.directory && !options_.read_only) options_.directory->remove(name);
  return std::nullopt;
}

Manifest ResultCache::manifest(const std::string& key) {
  const EntryName name = manifest_name(key);
  return read_manifest(name, read(name)).value_or(Manifest{});
}

std::string ResultCache::reads(const std::string& key) {
  for (const std::string& set : manifest(key).sets)
    if (files_.holds(set)) return set;
  return "";
}

std::optional<UnitResult> ResultCache::find_in(const Manifest& manifest, const std::string& key) {
  for (const std::string& set : manifest.sets) {
    if (!files_.holds(set)) continue;
    const EntryName name = result_name(key, set);
    const auto content = read(name);
    if (!content) continue;
    auto result = unit_result_from_json(relocation_.unfold_json(*content));
    if (result && result->may_be_kept()) return result;
    ++damaged_;
    if (options_.directory && !options_.read_only) options_.directory->remove(name);
  }
  return std::nullopt;
}

std::optional<UnitResult> ResultCache::find(const std::string& key) {
  const EntryName name = manifest_name(key);
  const auto local = read_manifest(name, read_local(name));
  if (local)
    if (auto found = find_in(*local, key)) return found;
  if (options_.remote == nullptr) return std::nullopt;
  // Another machine may have seen other files than this one.
  const auto remote = read_manifest(name, options_.remote->read(name));
  if (!remote) return std::nullopt;
  auto found = find_in(*remote, key);
  if (found) {
    Manifest joined = *remote;
    if (local)
      for (auto set = local->sets.rbegin(); set != local->sets.rend(); ++set) joined.add(*set);
    write_local(name, manifest_to_text(joined));
  }
  return found;
}

void ResultCache::keep(const std::string& key, const AnalysedUnit& unit) {
  if (options_.read_only) return;
  Manifest known = manifest(key);
  known.cost_ms = unit.cost_ms;
  known.add(unit.reads);
  const std::string text = manifest_to_text(known);
  // The result first: a manifest never leads to what is not there yet.
  const EntryName result = result_name(key, unit.reads);
  for (const auto& [name, content] : {std::pair<EntryName, std::string_view>{result, unit.result},
                                      std::pair<EntryName, std::string_view>{manifest_name(key), text}}) {
    write_local(name, content);
    if (options_.remote != nullptr) options_.remote->write(name, content);
  }
}

void ResultCache::trim() const {
  if (wrote_ && options_.directory && options_.max_bytes != 0) (void)options_.directory->trim(options_.max_bytes);
}

}  // namespace proofmark::analyze
