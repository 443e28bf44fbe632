// SPDX-License-Identifier: Apache-2.0
//
// Known answers for HSS/LMS, on every build of the verifier: host, minimal, and devices, where it runs under emulation. Each
// file holds a key, a message and a signature. The signature is good; changed in any way it is not: every byte and every
// length (or with --every N each Nth of both), every level count, every type code; another message, another key.
//
//   proofmark-test-hss [--every N] FILE...
#include <proofmark/verify.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

namespace {

using Bytes = std::vector<uint8_t>;

struct Vector {
  Bytes key, message, signature;
};

unsigned checks;
unsigned failures;

bool is_good(const Bytes& key, const Bytes& message, const Bytes& signature) {
  pm_trust_key trusted = {};
  trusted.algorithm = PM_HSS_LMS;
  trusted.size = static_cast<uint32_t>(key.size());
  std::memcpy(trusted.key, key.data(), key.size());
  ++checks;
  return pm_check_signature(&trusted, {message.data(), message.size()}, {signature.data(), signature.size()}) == 0;
}

void expect(bool condition, const char* what, size_t where) {
  if (condition) return;
  ++failures;
  std::printf("FAIL: %s (at %zu)\n", what, where);
}

Bytes from_hex(const std::string& text) {
  Bytes bytes;
  for (size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes.push_back(static_cast<uint8_t>(std::strtoul(text.substr(i, 2).c_str(), nullptr, 16)));
  }
  return bytes;
}

bool read_vector(const char* path, Vector* vector) {
  std::ifstream in(path);
  std::string name, hex;
  while (in >> name >> hex) {
    if (name == "key") vector->key = from_hex(hex);
    if (name == "message") vector->message = from_hex(hex);
    if (name == "signature") vector->signature = from_hex(hex);
  }
  return !vector->key.empty() && !vector->signature.empty();
}

void change_bytes(const Vector& good, size_t every) {
  Vector changed = good;
  for (size_t i = 0; i < good.signature.size(); i += i < 16 ? 1 : every) {
    changed.signature[i] ^= 1;
    expect(!is_good(changed.key, changed.message, changed.signature), "a changed byte of the signature is accepted", i);
    changed.signature[i] ^= 1;
  }
  for (size_t i = 0; i < good.key.size(); ++i) {
    changed.key[i] ^= 1;
    expect(!is_good(changed.key, changed.message, changed.signature), "a changed byte of the key is accepted", i);
    changed.key[i] ^= 1;
  }
  changed.message.back() ^= 1;
  expect(!is_good(changed.key, changed.message, changed.signature), "another message is accepted", 0);
  changed.message.clear();
  expect(!is_good(changed.key, changed.message, changed.signature), "no message is accepted", 0);
}

void change_lengths(const Vector& good, size_t every) {
  for (size_t size = 0; size < good.signature.size(); size += every) {
    const Bytes cut(good.signature.begin(), good.signature.begin() + static_cast<std::ptrdiff_t>(size));
    expect(!is_good(good.key, good.message, cut), "a cut signature is accepted", size);
  }
  Bytes longer = good.signature;
  longer.push_back(0);
  expect(!is_good(good.key, good.message, longer), "a longer signature is accepted", longer.size());
  for (size_t size = 0; size < good.key.size(); ++size) {
    const Bytes cut(good.key.begin(), good.key.begin() + static_cast<std::ptrdiff_t>(size));
    expect(!is_good(cut, good.message, good.signature), "a cut key is accepted", size);
  }
}

// Numbers of four bytes: the count of levels in key and signature, and the type codes in key and signature.
void change_numbers(const Vector& good) {
  const auto set = [](Bytes bytes, size_t offset, uint32_t value) {
    for (unsigned i = 0; i < 4; ++i) bytes[offset + i] = static_cast<uint8_t>(value >> (24 - 8 * i));
    return bytes;
  };
  for (const uint32_t value :
       {0u, 1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u, 9u, 10u, 14u, 15u, 0x100u, 0x7fffffffu, 0xffffffffu}) {
    for (const size_t offset : {size_t{0}, size_t{4}, size_t{8}}) {
      const Bytes key = set(good.key, offset, value);
      if (key != good.key) expect(!is_good(key, good.message, good.signature), "another number in the key", offset);
      const Bytes signature = set(good.signature, offset, value);
      if (signature != good.signature) {
        expect(!is_good(good.key, good.message, signature), "another number in the signature", offset);
      }
    }
    // Levels that agree with each other, but not with what follows.
    if (good.key[3] != value) {
      expect(!is_good(set(good.key, 0, value), good.message, set(good.signature, 0, value - 1)), "other levels", value);
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  size_t every = 1;
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(arguments[i], "--every") == 0 && i + 1 < count) {
      every = std::strtoul(arguments[++i], nullptr, 10);
      continue;
    }
    Vector good;
    if (!read_vector(arguments[i], &good)) {
      std::fprintf(stderr, "proofmark-test-hss: error: %s: no vector\n", arguments[i]);
      return 2;
    }
    expect(is_good(good.key, good.message, good.signature), arguments[i], 0);
    change_bytes(good, every);
    change_lengths(good, every);
    change_numbers(good);
  }
  std::printf("%u checks, %u failures\n", checks, failures);
  return failures == 0 && checks > 0 ? 0 : 1;
}
