// SPDX-License-Identifier: Apache-2.0
//
// Results of units from earlier runs, other boards and other machines. A unit's key (unit_key.h) leads to a manifest:
// sets of files that such a unit looked at. The first set that still holds leads to the result. So nothing needs to be
// preprocessed to find out that nothing has changed.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/cache_directory.h"
#include "engine/file_states.h"
#include "engine/manifest.h"
#include "engine/relocation.h"
#include "engine/unit_result.h"

namespace proofmark::analyze {

// Where entries are shared with other machines.
class RemoteCache {
 public:
  RemoteCache() = default;
  virtual ~RemoteCache() = default;
  RemoteCache(const RemoteCache&) = delete;
  RemoteCache& operator=(const RemoteCache&) = delete;

  // The content, believed; nothing when there is none, or none that can be believed.
  virtual std::optional<std::string> read(const EntryName& name) = 0;
  virtual void write(const EntryName& name, std::string_view content) = 0;
};

// What a worker hands over for the cache; paths in both are folded.
struct AnalysedUnit {
  unsigned cost_ms = 0;
  std::string reads;    // reads_to_text
  std::string result;   // unit_result_to_json
  PathWork paths = {};  // not kept
};

class ResultCache {
 public:
  struct Options {
    std::optional<CacheDirectory> directory;
    std::unique_ptr<RemoteCache> remote;  // asked for what the directory lacks; may be null
    bool read_only = false;
    std::uintmax_t max_bytes = 0;  // the directory is trimmed to it when a run has written
  };

  ResultCache(Options options, const Relocation& relocation);

  // The result of a unit that would be analysed to the same one.
  std::optional<UnitResult> find(const std::string& key);
  // At once, so that a run that is killed has lost nothing that was done.
  void keep(const std::string& key, const AnalysedUnit& unit);
  // After the last unit.
  void trim() const;

  // What earlier runs know of the unit, whether or not it holds; empty when nothing.
  Manifest manifest(const std::string& key);

  // What such a unit reads, if what earlier runs read still holds; else empty.
  std::string reads(const std::string& key);

  // Where results of single functions are kept as well; null when nothing is kept here.
  const CacheDirectory* directory() const { return options_.directory ? &*options_.directory : nullptr; }
  bool read_only() const { return options_.read_only; }

  size_t damaged() const { return damaged_; }  // entries that were not as they were written

 private:
  std::optional<std::string> read_local(const EntryName& name);
  std::optional<std::string> read(const EntryName& name);
  void write_local(const EntryName& name, std::string_view content);
  std::optional<UnitResult> find_in(const Manifest& manifest, const std::string& key);
  std::optional<Manifest> read_manifest(const EntryName& name, std::optional<std::string> content);

  Options options_;
  const Relocation& relocation_;
  FileStates files_;
  size_t damaged_ = 0;
  bool wrote_ = false;
};

}  // namespace proofmark::analyze
