// SPDX-License-Identifier: Apache-2.0
//
// The device's reader of trust stores as a program: begins with a compiled-in store (tests/vectors/first.trust.inc, the
// compiled form of first.trust) and lets each file take its place in turn. Prints the version, or the number of the refusal.
//
//   proofmark-test-store [--flip STEP] FILE...     --flip: each STEP-th byte of the last file changed, none may be accepted
#include <proofmark/verify.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "first.trust.inc"

namespace {

using Content = std::vector<uint8_t>;

int content_size(void* context, uint64_t* size) {
  *size = static_cast<Content*>(context)->size();
  return 0;
}

int content_read(void* context, uint64_t offset, void* buffer, size_t length) {
  std::memcpy(buffer, static_cast<Content*>(context)->data() + offset, length);
  return 0;
}

bool read_file(const char* path, Content* content) {
  std::FILE* file = std::fopen(path, "rb");
  if (file == nullptr) return false;
  content->resize(PM_TRUST_STORE_MAX_SIZE + 1);
  content->resize(std::fread(content->data(), 1, content->size(), file));
  return std::fclose(file) == 0;
}

pm_verdict open_store(Content* content, const pm_trust_set& trusted, pm_trust_store* store) {
  static pm_scratch scratch;
  const pm_io io = {content, content_size, content_read};
  return pm_trust_store_open(&io, &trusted, PM_TRUST_ALLOW_TEST_KEYS, &scratch, store);
}

int flip_bytes(Content* content, size_t step, const pm_trust_set& trusted, pm_trust_store* store) {
  int accepted = 0;
  size_t flipped = 0;
  for (size_t i = 0; i < content->size(); i += step) {
    (*content)[i] ^= 0x20;
    accepted += open_store(content, trusted, store) == PM_ACCEPTED ? 1 : 0;
    (*content)[i] ^= 0x20;
    ++flipped;
  }
  std::printf("%zu flipped, %d accepted\n", flipped, accepted);
  return accepted == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  static pm_trust_store stores[2];
  const bool flip = count > 2 && std::strcmp(arguments[1], "--flip") == 0;
  const size_t step = flip ? std::strtoul(arguments[2], nullptr, 10) : 1;
  pm_trust_set trusted = pm_trust_builtin;
  for (int i = flip ? 3 : 1; i < count; ++i) {
    Content content;
    if (!read_file(arguments[i], &content)) return 3;
    pm_trust_store* store = &stores[i % 2];
    if (flip && i + 1 == count) return flip_bytes(&content, step, trusted, store);
    const pm_verdict verdict = open_store(&content, trusted, store);
    if (verdict != PM_ACCEPTED) {
      std::printf("%s: %s (PM-E%u)\n", arguments[i], pm_verdict_text(verdict), static_cast<unsigned>(verdict));
      return 1;
    }
    trusted = store->set;
    std::printf("%s: version %u, %u keys\n", arguments[i], trusted.version, trusted.key_count);
  }
  return 0;
}
