// SPDX-License-Identifier: Apache-2.0
//
// The two map formats. lld prints four numbers and indents by meaning; GNU ld indents input sections by one blank and
// breaks the line after a long section name.
#include "elf/link_map.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace proofmark::elf {
namespace {

constexpr std::string_view kBlanks = " \t";

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// Takes the next word off `line`, leaving the blanks that follow it.
std::string_view take_word(std::string_view& line) {
  const auto first = line.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return line = {};
  line.remove_prefix(first);
  const std::string_view word = line.substr(0, line.find_first_of(kBlanks));
  line.remove_prefix(word.size());
  return word;
}

bool take_number(std::string_view& line, int base, std::uint64_t& value) {
  std::string_view word = take_word(line);
  if (base == 16 && word.starts_with("0x")) word.remove_prefix(2);
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, base);
  return error == std::errc{} && end == word.data() + word.size() && !word.empty();
}

// Collects inputs, each once, and remembers which output section they go to.
class Collector {
 public:
  void begin_section(std::string_view name, std::uint64_t address, std::uint64_t size) {
    // Sections that are not loaded (debug, comments) have address 0 in both formats.
    loaded_ = address != 0;
    debug_ = name == ".debug_info";
    map_.sections.push_back({std::string(name), address, size});
  }

  // `input` is "path" or "path(member)".
  void add(std::string_view input, std::uint64_t address, std::uint64_t size) {
    if (size == 0 || input.empty() || input.front() == '<' || !(loaded_ || debug_)) return;
    std::string_view member;
    if (const auto open = input.rfind('('); open != std::string_view::npos && input.ends_with(')')) {
      member = input.substr(open + 1, input.size() - open - 2);
      input = input.substr(0, open);
    }
    const auto place = inputs_.try_emplace({std::string(input), std::string(member)}, false).first;
    place->second = place->second || debug_;
    if (loaded_) pieces_.push_back({address, size, place});
  }

  LinkMap finish() {
    std::map<const Key*, std::size_t> indexes;
    for (const auto& [key, has_debug] : inputs_) {
      indexes.emplace(&key, map_.inputs.size());
      map_.inputs.push_back({key.first, key.second, has_debug});
    }
    for (const Piece& piece : pieces_) map_.pieces.push_back({piece.address, piece.size, indexes[&piece.input->first]});
    std::ranges::sort(map_.pieces, {}, &LinkPiece::address);
    return std::move(map_);
  }

 private:
  using Key = std::pair<std::string, std::string>;
  using Inputs = std::map<Key, bool>;
  struct Piece {
    std::uint64_t address, size;
    Inputs::const_iterator input;
  };

  LinkMap map_;
  Inputs inputs_;
  std::vector<Piece> pieces_;
  bool loaded_ = false, debug_ = false;
};

template <class Handler>
void for_each_line(std::string_view text, Handler&& handle) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    handle(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

// "VMA LMA Size Align" and then, by its indentation, an output section (1 blank), an input section (9) or a symbol (17).
void parse_lld_line(std::string_view line, Collector& collector) {
  std::uint64_t address = 0, load_address = 0, size = 0, align = 0;
  const bool numbers = take_number(line, 16, address) && take_number(line, 16, load_address) &&
                       take_number(line, 16, size) && take_number(line, 10, align);
  const auto indent = line.find_first_not_of(' ');
  if (!numbers || indent == std::string_view::npos) return;
  const std::string_view what = trim(line);
  if (indent == 1) collector.begin_section(what, address, size);
  if (indent != 9) return;
  const auto colon = what.rfind(":(");
  if (colon != std::string_view::npos) collector.add(what.substr(0, colon), address, size);
}

class GnuParser {
 public:
  explicit GnuParser(Collector& collector) : collector_(collector) {}

  void line(std::string_view line) {
    if (!started_) {
      started_ = line.starts_with("Linker script and memory map");
      return;
    }
    if (line.empty()) return;
    if (line.front() != ' ' && line.front() != '\t') return output_section(line);
    const bool input = line.size() > 1 && line[0] == ' ' && line[1] != ' ' && line[1] != '*';
    if (input) return input_section(line);
    if (pending_ != Pending::kNothing) numbers(line);
  }

 private:
  enum class Pending { kNothing, kOutput, kInput };

  void output_section(std::string_view line) {
    name_ = take_word(line);
    pending_ = Pending::kOutput;
    if (!trim(line).empty()) numbers(line);
  }

  void input_section(std::string_view line) {
    take_word(line);
    pending_ = Pending::kInput;
    if (!trim(line).empty()) numbers(line);
  }

  void numbers(std::string_view line) {
    const Pending pending = std::exchange(pending_, Pending::kNothing);
    std::uint64_t address = 0, size = 0;
    if (!take_number(line, 16, address) || !take_number(line, 16, size)) return;
    if (pending == Pending::kOutput) collector_.begin_section(name_, address, size);
    if (pending == Pending::kInput) collector_.add(trim(line), address, size);
  }

  Collector& collector_;
  std::string name_;
  Pending pending_ = Pending::kNothing;
  bool started_ = false;
};

}  // namespace

std::string LinkInput::file_name() const {
  return path.substr(path.rfind('/') + 1);
}

std::string LinkMap::origin_of(std::uint64_t address) const {
  const auto after = std::ranges::upper_bound(pieces, address, {}, &LinkPiece::address);
  if (after == pieces.begin()) return {};
  const LinkPiece& piece = *std::prev(after);
  if (address - piece.address >= piece.size) return {};
  const LinkInput& input = inputs[piece.input];
  return input.member.empty() ? input.file_name() : fmt::format("{}({})", input.file_name(), input.member);
}

report::Result<LinkMap> parse_link_map(std::string_view text, const std::string& origin) {
  Collector collector;
  std::string_view header = text.substr(0, text.find('\n'));
  if (take_word(header) == "VMA" && take_word(header) == "LMA") {
    for_each_line(text, [&](std::string_view line) { parse_lld_line(line, collector); });
  } else if (text.find("\nLinker script and memory map") != std::string_view::npos) {
    GnuParser parser(collector);
    for_each_line(text, [&](std::string_view line) { parser.line(line); });
  } else {
    return tl::unexpected(report::Error{fmt::format("{}: not a link map (expected one of lld or GNU ld)", origin),
                                        "link with -Wl,--Map=FILE (lld) or -Wl,-Map=FILE (GNU ld)"});
  }
  LinkMap map = collector.finish();
  if (map.inputs.empty())
    return tl::unexpected(report::Error{fmt::format("{}: the link map names no input", origin), {}});
  return map;
}

}  // namespace proofmark::elf
