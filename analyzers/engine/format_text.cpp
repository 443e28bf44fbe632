// SPDX-License-Identifier: Apache-2.0
//
// Format strings; see format_text.h.
#include "engine/format_text.h"

#include <algorithm>

namespace proofmark::analyze {
namespace {

constexpr uint64_t kMaxNumber = 1'000'000;  // larger widths are refused by no one, but need no exact sum

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ >= text_.size(); }
  bool sees(std::string_view any) const { return !at_end() && any.find(text_[at_]) != std::string_view::npos; }
  char take() { return text_[at_++]; }

  size_t skip(std::string_view any) {
    const size_t before = at_;
    while (sees(any)) ++at_;
    return at_ - before;
  }

  uint64_t number() {
    uint64_t value = 0;
    while (sees("0123456789")) value = std::min(value * 10 + static_cast<uint64_t>(take() - '0'), kMaxNumber);
    return value;
  }

  // A scan set: "]" first, or after "^", is a member.
  void skip_set() {
    skip("^");
    if (sees("]")) ++at_;
    while (!at_end() && take() != ']') {
    }
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

// Of the longest value of its type, sign and prefix included.
std::optional<uint64_t> longest_value(char conversion, bool wide) {
  switch (conversion) {
    case '%':
    case 'c':
      return 1;
    case 'd':
    case 'i':
    case 'u':
      return wide ? 20 : 11;
    case 'x':
    case 'X':
      return wide ? 18 : 10;
    case 'o':
      return wide ? 23 : 12;
    case 'p':
      return 18;
    default:
      return {};
  }
}

FormatPiece read_conversion(Reader& in) {
  FormatPiece piece;
  in.skip("-+ #0'I");
  piece.stars = static_cast<unsigned>(in.skip("*"));
  piece.has_width = in.sees("0123456789");
  piece.width = in.number();
  std::optional<uint64_t> precision;
  if (in.sees(".")) {
    in.take();
    const auto stars = static_cast<unsigned>(in.skip("*"));
    piece.stars += stars;
    precision = in.number();
    if (stars != 0) precision.reset();
  }
  piece.allocates = in.sees("m");
  in.skip("m");
  const bool wide = in.skip("lqjzt") != 0;
  in.skip("hL");
  piece.conversion = in.at_end() ? '\0' : in.take();
  if (piece.conversion == '[') in.skip_set();
  piece.longest = piece.conversion == 's' ? precision : longest_value(piece.conversion, wide);
  if (piece.longest) piece.longest = std::max({*piece.longest, piece.width, precision.value_or(0) + 3});
  return piece;
}

}  // namespace

std::vector<FormatPiece> split_format(std::string_view format) {
  std::vector<FormatPiece> pieces;
  Reader in(format);
  while (!in.at_end()) {
    if (in.take() == '%' && !in.at_end()) {
      pieces.push_back(read_conversion(in));
    } else {
      pieces.emplace_back().longest = 1;
    }
  }
  return pieces;
}

}  // namespace proofmark::analyze
