// SPDX-License-Identifier: Apache-2.0
//
// Helpers of the signer's unit tests.
#include "support.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace proofmark::sign::test {

namespace fs = std::filesystem;

bool same(const std::string& found, const std::string& expected) {
  if (found == expected) return true;
  std::fprintf(stderr, "expected: %s\nfound:    %s\n", expected.c_str(), found.c_str());
  return false;
}

bool same(const Bytes& found, const Bytes& expected) {
  if (found == expected) return true;
  std::size_t at = 0;
  while (at < found.size() && at < expected.size() && found[at] == expected[at]) ++at;
  std::fprintf(stderr, "bytes differ at %zu (sizes %zu and %zu)\n", at, found.size(), expected.size());
  return false;
}

const fs::path& scratch() {
  struct Directory {
    Directory() {
      std::string name = (fs::temp_directory_path() / "proofmark-unit-XXXXXX").string();
      if (::mkdtemp(name.data()) == nullptr) std::abort();
      path = name;
    }
    ~Directory() {
      std::error_code code;
      fs::remove_all(path, code);
    }
    fs::path path;
  };
  static const Directory directory;
  return directory.path;
}

fs::path write(const std::string& name, ByteView bytes) {
  const fs::path path = scratch() / name;
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  return path;
}

fs::path write(const std::string& name, std::string_view text) {
  return write(name, ByteView(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

Bytes read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace proofmark::sign::test
