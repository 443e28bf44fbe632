// SPDX-License-Identifier: Apache-2.0
//
// Results shared by machines over HTTP, in the layout of Bazel's remote caches: nginx, bazel-remote and others serve it.
// /ac/<hash> names the blob of an entry, /cas/<sha256> is the blob. The server is not believed: a blob must have its hash,
// and its envelope a check value that only holders of the key can make.
#pragma once

#include <memory>
#include <string>

#include "engine/result_cache.h"

namespace proofmark::analyze {

bool is_http_address(const std::string& place);

// `address`: "http://host/prefix" or https. `secret` is not empty. A server that is slow or in trouble is warned about once
// and left alone for the rest of the run: it must never cost more than it saves.
std::unique_ptr<RemoteCache> make_http_cache(const std::string& address, std::string secret);

}  // namespace proofmark::analyze
