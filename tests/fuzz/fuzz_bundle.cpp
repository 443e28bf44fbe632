// SPDX-License-Identifier: Apache-2.0
//
// Fuzz target for the reader of bundles. Nothing may be accepted that was only looked at, every entry that is given must
// keep what bundle.h promises, and it must be found by its path. The first byte says which path is looked for beside those.
#include <proofmark/bundle.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "view.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::string_view text_of(pm_bytes bytes) {
  require(bytes.data != nullptr && bytes.data[bytes.size] == 0);
  return {reinterpret_cast<const char*>(bytes.data), bytes.size};
}

void check_entry(const pm_bundle_entry& entry, const std::string& previous) {
  const std::string path = "/" + std::string(text_of(entry.path)) + "/";
  require(path.find("/../") == std::string::npos && path.find("/./") == std::string::npos);
  require(entry.index == 0 || path.find("//") == std::string::npos);
  require(entry.index == 0 || path != previous);
  require(path.find('\0') == std::string::npos && text_of(entry.target).find('\0') == std::string_view::npos);
  require((entry.type == PM_BUNDLE_SYMLINK) == (entry.target.size != 0));
  require((entry.type == PM_BUNDLE_REGULAR) == (entry.digest != nullptr));
  require(entry.first <= entry.index && entry.mode <= 07777);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  static pm_bundle bundle;
  View view = {data + 1, size - 1};
  const pm_io io = {&view, view_size, view_read};
  pm_verdict verdict = pm_bundle_open_unverified(&bundle, &io, view.size);
  if (verdict != PM_DECODED_UNVERIFIED) return 0;
  pm_bundle_entry entry;
  pm_bundle_entry found;
  (void)pm_bundle_find(&bundle, reinterpret_cast<const char*>(data), size < data[0] ? size : data[0], &found);
  std::vector<std::string> paths;
  while ((verdict = pm_bundle_next(&bundle, &entry)) == PM_DECODED_UNVERIFIED) {
    check_entry(entry, paths.empty() ? "" : "/" + paths.back() + "/");
    paths.emplace_back(text_of(entry.path));
  }
  require(verdict != PM_ACCEPTED);
  if (verdict != PM_REFUSED_BUNDLE_END) return 0;
  for (uint32_t i = 0; i < paths.size(); ++i) {
    require(pm_bundle_find(&bundle, paths[i].data(), paths[i].size(), &found) == PM_DECODED_UNVERIFIED);
    require(found.index == i && text_of(found.path) == paths[i]);
  }
  return 0;
}
