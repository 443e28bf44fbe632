// SPDX-License-Identifier: Apache-2.0
//
// See hss.h. The names are those of RFC 8554: I names a tree, q a leaf of it, C randomises a message, y is a one-time
// signature. Every length comes from the type codes of a key that is trusted already: the caller's, or one that a level
// above has signed.
#include "hss.h"

namespace proofmark::verify {
namespace {

constexpr uint32_t kMostLevels = 8;
constexpr size_t kIdSize = 16;
constexpr size_t kLargestHash = 32;

// What separates the uses of the hash, RFC 8554 sections 4 and 5.
enum Purpose : uint16_t { kPublicKey = 0x8080, kMessage = 0x8181, kLeaf = 0x8282, kNode = 0x8383 };

// Consumes bytes from the front. What is not there is a null pointer or zero, and stays so.
class Reader {
 public:
  explicit Reader(Bytes bytes) : cursor_(bytes.data), left_(bytes.size) {}
  const uint8_t* take(size_t size) {
    if (size > left_) {
      left_ = 0;
      return nullptr;
    }
    const uint8_t* start = cursor_;
    cursor_ += size;
    left_ -= size;
    return start;
  }
  uint32_t number() {
    const uint8_t* b = take(4);
    return b == nullptr ? 0 : uint32_t{b[0]} << 24 | uint32_t{b[1]} << 16 | uint32_t{b[2]} << 8 | uint32_t{b[3]};
  }
  const uint8_t* cursor() const { return cursor_; }
  bool at_end() const { return left_ == 0; }

 private:
  const uint8_t* cursor_;
  size_t left_;
};

struct TreeKey {
  uint32_t tree_type;
  uint32_t ots_type;
  const uint8_t* id;    // I
  const uint8_t* root;  // T[1]
  uint32_t hash_size;   // n and m
  uint32_t height;      // h
  uint32_t width;       // w, bits per digit
  uint32_t digits;      // p
};

// Tree types 5 to 9 are heights 5 to 25 with hashes of 32 bytes, 10 to 14 the same with 24; one-time types 1 to 4 are widths
// 1, 2, 4, 8 with 32 bytes, 5 to 8 the same with 24 (RFC 8554 sections 4.1 and 5.1, RFC 9858).
bool read_tree_key(Reader* in, TreeKey* key) {
  key->tree_type = in->number();
  key->ots_type = in->number();
  if (key->tree_type < 5 || key->tree_type > 14 || key->ots_type < 1 || key->ots_type > 8) return false;
  key->hash_size = key->tree_type < 10 ? 32 : 24;
  if (key->hash_size != (key->ots_type < 5 ? 32u : 24u)) return false;
  key->height = 5 * ((key->tree_type - 5) % 5 + 1);
  key->width = 1u << ((key->ots_type - 1) % 4);
  // Digits of the hash and of its checksum. The checksum takes one digit more where 1-bit digits count up to 256.
  constexpr uint8_t kChecksumDigits[] = {8, 5, 3, 2};
  key->digits = 8 * key->hash_size / key->width + kChecksumDigits[(key->ots_type - 1) % 4];
  if (key->ots_type == 1) ++key->digits;
  key->id = in->take(kIdSize);
  key->root = in->take(key->hash_size);
  return key->root != nullptr;
}

void start_hash(Sha256* hash, const Sha256Kernel* kernel, const TreeKey& key, uint32_t number, uint16_t purpose) {
  const uint8_t head[6] = {static_cast<uint8_t>(number >> 24), static_cast<uint8_t>(number >> 16),
                           static_cast<uint8_t>(number >> 8),  static_cast<uint8_t>(number),
                           static_cast<uint8_t>(purpose >> 8), static_cast<uint8_t>(purpose)};
  hash->start(kernel);
  hash->update(key.id, kIdSize);
  hash->update(head, sizeof head);
}

// The digits of a message hash, its checksum behind it (RFC 8554 sections 3.1.3 and 4.4).
class Digits {
 public:
  Digits(const TreeKey& key, const uint8_t* hash) : width_(key.width) {
    copy_bytes(bytes_, hash, key.hash_size);
    const uint32_t count = 8 * key.hash_size / width_;
    uint32_t sum = 0;
    for (uint32_t i = 0; i < count; ++i) sum += largest() - at(i);
    sum <<= 16 - (key.digits - count) * width_;
    bytes_[key.hash_size] = static_cast<uint8_t>(sum >> 8);
    bytes_[key.hash_size + 1] = static_cast<uint8_t>(sum);
  }
  uint32_t at(uint32_t index) const {
    const uint32_t bit = index * width_;
    return bytes_[bit / 8] >> (8 - width_ - bit % 8) & largest();
  }
  uint32_t largest() const { return (1u << width_) - 1; }

 private:
  uint8_t bytes_[kLargestHash + 2];
  uint32_t width_;
};

// Takes one chain from the digit of the message to its end. Every step is one hash of one block: I, q, i, j and the value.
void walk_chain(const Sha256Kernel* kernel, const TreeKey& key, const uint8_t q[4], uint32_t index,
                const Digits& digits, uint8_t value[kLargestHash]) {
  for (uint32_t j = digits.at(index); j < digits.largest(); ++j) {
    const uint8_t step[3] = {static_cast<uint8_t>(index >> 8), static_cast<uint8_t>(index), static_cast<uint8_t>(j)};
    Sha256 hash;
    hash.start(kernel);
    hash.update(key.id, kIdSize);
    hash.update(q, 4);
    hash.update(step, sizeof step);
    hash.update(value, key.hash_size);
    hash.finish(value);
  }
}

// The leaf that this one-time signature leads to, RFC 8554 algorithm 4b, and the node number of that leaf. False when the
// signature is cut off or of another type than the key demands.
bool read_leaf(const Sha256Kernel* kernel, const TreeKey& key, const Bytes* pieces, size_t count, Reader* in,
               uint32_t* node, uint8_t leaf[kLargestHash]) {
  const uint8_t* q = in->cursor();
  const uint32_t number = in->number();
  if (in->number() != key.ots_type || number >> key.height != 0) return false;
  const uint8_t* randomiser = in->take(key.hash_size);
  const uint8_t* y = in->take(size_t{key.hash_size} * key.digits);
  if (y == nullptr) return false;
  Sha256 hash;
  start_hash(&hash, kernel, key, number, kMessage);
  hash.update(randomiser, key.hash_size);
  for (size_t i = 0; i < count; ++i) hash.update(pieces[i]);
  uint8_t value[kLargestHash];
  hash.finish(value);
  const Digits digits(key, value);
  start_hash(&hash, kernel, key, number, kPublicKey);
  for (uint32_t i = 0; i < key.digits; ++i) {
    copy_bytes(value, y + size_t{i} * key.hash_size, key.hash_size);
    walk_chain(kernel, key, q, i, digits, value);
    hash.update(value, key.hash_size);
  }
  hash.finish(value);
  *node = (1u << key.height) + number;
  start_hash(&hash, kernel, key, *node, kLeaf);
  hash.update(value, key.hash_size);
  hash.finish(leaf);
  return true;
}

// One LMS signature, RFC 8554 algorithm 6a.
bool is_signed_by(const Sha256Kernel* kernel, const TreeKey& key, const Bytes* pieces, size_t count, Reader* in) {
  uint32_t node = 0;
  uint8_t value[kLargestHash];
  if (!read_leaf(kernel, key, pieces, count, in, &node, value) || in->number() != key.tree_type) return false;
  for (; node > 1; node /= 2) {
    const uint8_t* sibling = in->take(key.hash_size);
    if (sibling == nullptr) return false;
    const bool is_right = node % 2 != 0;
    Sha256 hash;
    start_hash(&hash, kernel, key, node / 2, kNode);
    hash.update(is_right ? sibling : value, key.hash_size);
    hash.update(is_right ? value : sibling, key.hash_size);
    hash.finish(value);
  }
  return equal_bytes(value, key.root, key.hash_size);
}

}  // namespace

bool is_hss_key(Bytes key) {
  Reader in(key);
  const uint32_t levels = in.number();
  TreeKey top;
  return levels >= 1 && levels <= kMostLevels && read_tree_key(&in, &top) && in.at_end();
}

// RFC 8554 section 6.3: each level but the last signs the public key of the next. All use hashes of one size, as SP 800-208
// demands, so that no level is weaker than the key that is trusted.
CryptoResult verify_hss(const Sha256Kernel* kernel, Bytes key, const Bytes* pieces, size_t count, Bytes signature) {
  Reader trusted(key);
  const uint32_t levels = trusted.number();
  Reader in(signature);
  TreeKey tree;
  if (levels > kMostLevels || in.number() + 1 != levels || !read_tree_key(&trusted, &tree)) return CryptoResult::kWrong;
  for (uint32_t below = levels - 1; below > 0; --below) {
    // The key of the next level stands behind the signature over it, whose size is known.
    const size_t size = 12 + size_t{tree.hash_size} * (1 + tree.digits + tree.height);
    Reader next(in);
    if (next.take(size) == nullptr) return CryptoResult::kWrong;
    const uint8_t* start = next.cursor();
    TreeKey lower;
    if (!read_tree_key(&next, &lower) || lower.hash_size != tree.hash_size) return CryptoResult::kWrong;
    const Bytes lower_key = {start, static_cast<size_t>(next.cursor() - start)};
    if (!is_signed_by(kernel, tree, &lower_key, 1, &in)) return CryptoResult::kWrong;
    in = next;
    tree = lower;
  }
  const bool good = is_signed_by(kernel, tree, pieces, count, &in) && in.at_end();
  return good ? CryptoResult::kGood : CryptoResult::kWrong;
}

}  // namespace proofmark::verify
