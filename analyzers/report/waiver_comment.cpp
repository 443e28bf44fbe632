// SPDX-License-Identifier: Apache-2.0
//
// Waivers in comments; see waiver_comment.h. The text is the author's of the source, who may be hostile: nothing in it may
// be read in two ways.
#include "report/waiver_comment.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/file.h"
#include "report/rule_catalogue.h"

namespace proofmark::report {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";
constexpr std::string_view kMark = "proofmark:";

void skip(std::string_view& text, std::string_view what) {
  text.remove_prefix(std::min(text.find_first_not_of(what), text.size()));
}

std::string_view trim(std::string_view text) {
  skip(text, kBlanks);
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

// The front that consists of what `is_part` accepts.
template <class Predicate>
std::string_view take_while(std::string_view& text, Predicate is_part) {
  const auto end = static_cast<std::size_t>(std::ranges::find_if_not(text, is_part) - text.begin());
  const std::string_view front = text.substr(0, end);
  text.remove_prefix(end);
  return front;
}

bool is_blank(char c) {
  return kBlanks.find(c) != std::string_view::npos;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

std::string quoted(std::string_view text) {
  return describe_json(nlohmann::json(text));
}

// Without its slashes and stars, on one line: the stars at the beginnings of a block's lines are decoration.
std::string content_of(std::string_view comment) {
  const bool block = comment.starts_with("/*");
  if (block && comment.ends_with("*/") && comment.size() >= 4) comment.remove_suffix(2);
  skip(comment, block ? "/*!<" : "/!<");
  std::string content;
  while (!comment.empty()) {
    const std::size_t end = std::min(comment.find('\n'), comment.size());
    std::string_view line = comment.substr(0, end);
    comment.remove_prefix(std::min(end + 1, comment.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.ends_with('\\')) line.remove_suffix(1);
    line = trim(line);
    if (block && line.starts_with('*')) line = trim(line.substr(1));
    if (line.empty()) continue;
    if (!content.empty()) content += ' ';
    content += line;
  }
  return content;
}

tl::unexpected<Error> wrong(std::string what) {
  return tl::unexpected(Error{std::move(what), {}});
}

// Empty, or why the rule can't be waived in a comment.
std::string rule_fault(std::string_view word, const KnownRule* known, const std::vector<Waiver>& before) {
  if (word.empty()) return "a rule is missing (expected ids or names, parted by commas)";
  if (known == nullptr) return fmt::format("unknown rule {}", quoted(word));
  const std::string_view rule = known->id;
  if (rule.starts_with("PMX0")) return fmt::format("{}: a finding about a waiver can't be waived", rule);
  // A "#line" could put any finding of GCC's on the line that the comment is about.
  if (rule.starts_with("PMG"))
    return fmt::format("{} is GCC's, whose places follow #line (a file of waivers can cover it)", rule);
  if (!rule.starts_with("PMS") && !rule.starts_with("PMW") && !rule.starts_with("PMC"))
    return fmt::format("{} finds nothing in a line of the source (a file of waivers can cover it)", rule);
  if (std::ranges::find(before, rule, &Waiver::rule) != before.end()) return fmt::format("{} is there twice", rule);
  return "";
}

Result<std::vector<Waiver>> take_rules(std::string_view& text) {
  skip(text, kBlanks);
  if (!text.starts_with('(')) return wrong("no rules (expected \"(\" after waive)");
  const std::size_t end = text.find(')');
  if (end == std::string_view::npos) return wrong("the list of rules has no end (expected \")\")");
  std::string_view list = text.substr(1, end - 1);
  text.remove_prefix(end + 1);
  std::vector<Waiver> waivers;
  for (;;) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view word = trim(list.substr(0, comma));
    const KnownRule* const known = find_rule_called(word);
    if (const std::string fault = rule_fault(word, known, waivers); !fault.empty()) return wrong(fault);
    waivers.emplace_back().rule = known->id;
    if (comma == list.size()) return waivers;
    list.remove_prefix(comma + 1);
  }
}

struct Field {
  std::string_view name;
  std::string value;
  bool seen = false;
};

// owner="value" or expires=value, in front of `text`.
Result<void> take_field(std::string_view& text, std::span<Field> fields) {
  const std::string_view at = text;
  const std::string_view name = take_while(text, is_letter);
  skip(text, kBlanks);
  if (name.empty() || !text.starts_with('='))
    return wrong(fmt::format("not a field (expected name=\"value\", found {})", quoted(at)));
  text.remove_prefix(1);
  skip(text, kBlanks);
  const auto field = std::ranges::find(fields, name, &Field::name);
  if (field == fields.end())
    return wrong(fmt::format("unknown field {} (expected owner, expires or reason)", quoted(name)));
  if (field->seen) return wrong(fmt::format("\"{}\" is there twice", name));
  field->seen = true;
  if (!text.starts_with('"')) {
    field->value = take_while(text, [](char c) { return !is_blank(c) && c != '"'; });
  } else {
    text.remove_prefix(1);
    const std::size_t end = text.find('"');
    if (end == std::string_view::npos) return wrong(fmt::format("\"{}\" has no end (expected a second quote)", name));
    field->value = trim(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  if (text.empty() || is_blank(text.front())) return {};
  return wrong(fmt::format("no blank after \"{}\" (found {})", name, quoted(text)));
}

}  // namespace

bool is_waiver_comment(std::string_view comment) {
  skip(comment, "/*!<");
  skip(comment, "* \t\r\n\f\v");
  return comment.starts_with(kMark);
}

Result<std::vector<Waiver>> parse_waiver_comment(std::string_view comment) {
  const std::string content = content_of(comment);
  std::string_view rest = content;
  rest.remove_prefix(std::min(rest.find(kMark) + kMark.size(), rest.size()));
  skip(rest, kBlanks);
  const std::string_view verb = take_while(rest, is_letter);
  if (verb != "waive") return wrong(fmt::format("not a waiver (expected \"waive\", found {})", quoted(verb)));
  auto waivers = take_rules(rest);
  if (!waivers) return waivers;
  std::array<Field, 3> fields{{{"owner", "", false}, {"expires", "", false}, {"reason", "", false}}};
  auto& [owner, expires, reason] = fields;
  for (skip(rest, kBlanks); !rest.empty(); skip(rest, kBlanks))
    if (auto taken = take_field(rest, fields); !taken) return tl::unexpected(taken.error());
  for (const Field& field : fields)
    if (!field.seen) return wrong(fmt::format("\"{}\" is missing", field.name));
  for (const Field* field : {&owner, &reason})
    if (const std::string fault = waiver_text_fault(field->value); !fault.empty())
      return wrong(fmt::format("\"{}\" {}", field->name, fault));
  const auto date = parse_date(expires.value);
  if (!date) return wrong("\"expires\" is " + date.error().message);
  for (Waiver& waiver : *waivers) {
    waiver.owner = owner.value;
    waiver.reason = reason.value;
    waiver.expires = *date;
  }
  return waivers;
}

}  // namespace proofmark::report
