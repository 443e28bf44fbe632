// SPDX-License-Identifier: Apache-2.0
//
// Fuzz target for everything that reads hostile bytes in the verifier. The first byte of an input says what the rest is:
// a whole file, a COSE_Sign message (a fitting trailer is added), or a manifest as if its signature had been good. Nothing
// may be accepted, no length may be exceeded, and what is decoded must lie inside the input.
#include <proofmark/verify.h>

#include <cstdlib>
#include <cstring>
#include <vector>

#include "../../verify/src/manifest.h"
#include "view.h"

namespace {

using Bytes = std::vector<uint8_t>;

void require_inside(pm_bytes part, const uint8_t* bytes, size_t size) {
  if (part.data == nullptr) return;
  if (part.data < bytes || part.size > size - static_cast<size_t>(part.data - bytes)) std::abort();
}

void verify_file(View view) {
  static pm_scratch scratch;
  static pm_result result;
  static pm_unverified_mark decoded;
  pm_trust trust = {};
  trust.version = PM_TRUST_VERSION;
  trust.flags = PM_TRUST_ALLOW_TEST_KEYS | PM_TRUST_ALLOW_UNPROVEN | PM_TRUST_ANY_BOARD | PM_TRUST_ANY_MACHINE;
  trust.keys = pm_trust_keys;
  trust.key_count = pm_trust_key_count;
  trust.threshold = 1;
  trust.role = PM_ROLE_PROGRAM;
  trust.kinds = PM_KINDS_ALL;
  const pm_io io = {&view, view_size, view_read};
  // The corpus holds signatures that are good, over content of no bytes; a change that keeps those may be accepted.
  if (pm_verify(&io, &trust, &scratch, &result) == PM_ACCEPTED && result.manifest.content_length != 0) std::abort();
  if (pm_decode_unverified(&io, nullptr, &scratch, &decoded) == PM_ACCEPTED) std::abort();
}

void verify_message(View view) {
  if (view.size == 0 || view.size > PM_MARK_MAX_SIZE) return;
  pm_trailer trailer = {};
  std::memcpy(trailer.magic, PM_TRAILER_MAGIC, sizeof trailer.magic);
  trailer.version[0] = PM_FORMAT_VERSION;
  for (unsigned i = 0; i < 3; ++i) trailer.mark_length[i] = static_cast<uint8_t>(view.size >> (8 * i));
  Bytes file(view.bytes, view.bytes + view.size);
  const auto* tail = reinterpret_cast<const uint8_t*>(&trailer);
  file.insert(file.end(), tail, tail + sizeof trailer);
  verify_file({file.data(), file.size()});
}

void decode(View view) {
  static pm_manifest manifest;
  const Bytes exact(view.bytes, view.bytes + view.size);  // an allocation of its own, so that overruns are seen
  proofmark::verify::Mark mark = {};
  mark.payload = {exact.data(), exact.size()};
  mark.mark_length = 2048;
  if (proofmark::verify::decode_manifest(mark, &manifest) == PM_ACCEPTED) std::abort();
  require_inside(manifest.name, exact.data(), exact.size());
  require_inside(manifest.build_id, exact.data(), exact.size());
  for (uint32_t i = 0; i < manifest.environment_count; ++i) {
    require_inside(manifest.environment[i], exact.data(), exact.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const View rest = {data + 1, size - 1};
  switch (data[0] % 3) {
    case 0:
      verify_file(rest);
      break;
    case 1:
      verify_message(rest);
      break;
    default:
      decode(rest);
      break;
  }
  return 0;
}
