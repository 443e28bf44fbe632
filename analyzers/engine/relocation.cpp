// SPDX-License-Identifier: Apache-2.0
//
// Folding paths; see relocation.h.
#include "engine/relocation.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Where a directory's name ends: "/src" is not part of "/src2".
bool ends_name(std::string_view rest) {
  constexpr std::string_view kEnds = "/'\":;,=)]} \t\n";
  return rest.empty() || kEnds.find(rest.front()) != std::string_view::npos;
}

std::string quoted_for_json(const std::string& text) {
  const std::string dumped = json(text).dump(-1, ' ', false, json::error_handler_t::replace);
  return dumped.substr(1, dumped.size() - 2);
}

// No recursion: what is read here is as deep as our own writers make it, which is checked by who reads it.
template <class Change>
void change_texts(json& document, const Change& change) {
  std::vector<json*> open{&document};
  while (!open.empty()) {
    json* const at = open.back();
    open.pop_back();
    if (at->is_string()) *at = change(at->get_ref<const std::string&>());
    if (at->is_structured())
      for (json& member : *at) open.push_back(&member);
  }
}

}  // namespace

Relocation::Relocation(const fs::path& source_root, const fs::path& build_dir) {
  for (const auto& [path, name] : {std::pair{build_dir, "%B"}, std::pair{source_root, "%S"}}) {
    if (path.empty() || path == path.root_path()) continue;
    std::string directory = path.lexically_normal().string();
    if (directory.ends_with('/')) directory.pop_back();
    const auto same = [&](const Place& place) { return place.directory == directory; };
    if (std::ranges::none_of(places_, same)) places_.push_back({directory, quoted_for_json(directory), name});
  }
  std::ranges::sort(places_, std::ranges::greater{}, [](const Place& one) { return one.directory.size(); });
}

std::string Relocation::fold(std::string_view text) const {
  std::string out;
  while (!text.empty()) {
    const auto place = std::ranges::find_if(places_, [&](const Place& one) {
      return text.front() == '/' && text.starts_with(one.directory) && ends_name(text.substr(one.directory.size()));
    });
    if (place != places_.end()) {
      out += place->name;
      text.remove_prefix(place->directory.size());
      continue;
    }
    if (text.front() == '%') out += '%';
    out += text.front();
    text.remove_prefix(1);
  }
  return out;
}

std::string Relocation::unfolded(std::string_view text, std::string Place::* form) const {
  std::string out;
  for (size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%')) {
    out += text.substr(0, at);
    const std::string_view name = text.substr(at, 2);
    const auto place = std::ranges::find(places_, name, &Place::name);
    if (place != places_.end()) {
      out += (*place).*form;
    } else {
      out += name == "%%" ? "%" : name;
    }
    text.remove_prefix(at + name.size());
  }
  return out += text;
}

std::string Relocation::unfold(std::string_view text) const {
  return unfolded(text, &Place::directory);
}

std::string Relocation::fold_json(std::string_view text) const {
  json document = json::parse(text, nullptr, /*allow_exceptions=*/false);
  change_texts(document, [this](const std::string& one) { return fold(one); });
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string Relocation::unfold_json(std::string_view text) const {
  return unfolded(text, &Place::in_json);
}

std::string working_tree(const std::string& directory) {
  std::error_code error;
  for (fs::path at = directory; at.has_relative_path(); at = at.parent_path())
    if (fs::exists(at / ".git", error)) return at.string();
  return "";
}

}  // namespace proofmark::analyze
