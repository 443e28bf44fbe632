// SPDX-License-Identifier: Apache-2.0
//
// Reads bundles with the library of the device, from files: the table alone, or with --signed the whole signed file, whose
// mark is verified first. Prints one line for each file: the verdict, the number of entries, the path of the last one. Every
// entry that was read must also be found by its path.
//
//   proofmark-test-bundle [--signed] FILE...
#include <proofmark/bundle.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <initializer_list>

namespace {

struct File {
  int fd;
  uint64_t size;
};

int file_size(void* context, uint64_t* size) {
  *size = static_cast<File*>(context)->size;
  return 0;
}

int file_read(void* context, uint64_t offset, void* buffer, size_t length) {
  const File* file = static_cast<File*>(context);
  const ssize_t got = pread(file->fd, buffer, length, static_cast<off_t>(offset));
  return got >= 0 && static_cast<size_t>(got) == length ? 0 : -1;
}

pm_verdict open_signed(const pm_io* io, pm_bundle* bundle) {
  static pm_scratch scratch;
  static pm_result result;
  pm_trust trust = {};
  trust.version = PM_TRUST_VERSION;
  trust.flags = PM_TRUST_ALLOW_TEST_KEYS;
  trust.keys = pm_trust_keys;
  trust.key_count = pm_trust_key_count;
  trust.threshold = 1;
  trust.role = PM_ROLE_BUNDLE;
  trust.board = "gateway-7";
  trust.kinds = PM_KIND_BIT(PM_KIND_BUNDLE);
  trust.minimum_security_version = 5;
  const pm_verdict verdict = pm_verify(io, &trust, &scratch, &result);
  return verdict == PM_ACCEPTED ? pm_bundle_open(bundle, io, &result) : verdict;
}

// Reads everything, and with `look_up` looks for each entry by its path. Returns the verdict that ended it.
pm_verdict read_entries(pm_bundle* bundle, bool look_up, uint32_t* count, char* path) {
  pm_bundle_entry entry;
  pm_bundle_entry found;
  for (*count = 0;; ++*count) {
    const pm_verdict verdict = pm_bundle_next(bundle, &entry);
    if (verdict != PM_ACCEPTED && verdict != PM_DECODED_UNVERIFIED) return verdict;
    std::memcpy(path, entry.path.data, entry.path.size + 1);
    if (!look_up) continue;
    if (pm_bundle_find(bundle, path, entry.path.size, &found) != verdict || found.index != entry.index) {
      return PM_REFUSED_BUNDLE_NO_ENTRY;
    }
  }
}

pm_verdict open_bundle(const pm_io* io, bool is_signed, pm_bundle* bundle) {
  if (is_signed) return open_signed(io, bundle);
  uint64_t size = 0;
  (void)io->size(io->context, &size);
  return pm_bundle_open_unverified(bundle, io, size);
}

void read_file(const char* name, bool is_signed) {
  static pm_bundle bundle;
  static char path[PM_BUNDLE_PATH_MAX + 1];
  path[0] = '\0';
  struct stat status = {};
  const int fd = open(name, O_RDONLY | O_CLOEXEC);
  fstat(fd, &status);
  File file = {fd, static_cast<uint64_t>(status.st_size)};
  const pm_io io = {&file, file_size, file_read};
  uint32_t count = 0;
  // Only in a table that is sound throughout must every path be found: hence twice.
  pm_verdict verdict = PM_REFUSED_BUNDLE_END;
  for (const bool look_up : {false, true}) {
    if (verdict != PM_REFUSED_BUNDLE_END) break;
    verdict = open_bundle(&io, is_signed, &bundle);
    if (verdict == PM_ACCEPTED || verdict == PM_DECODED_UNVERIFIED) {
      verdict = read_entries(&bundle, look_up, &count, path);
    }
  }
  std::printf("%u %u %s\n", static_cast<unsigned>(verdict), count, path);
  close(fd);
}

}  // namespace

int main(int count, char** arguments) {
  const bool is_signed = count > 1 && std::strcmp(arguments[1], "--signed") == 0;
  for (int i = is_signed ? 2 : 1; i < count; ++i) read_file(arguments[i], is_signed);
  return count > 1 ? 0 : 2;
}
