// SPDX-License-Identifier: Apache-2.0
//
// The linkers' rules of order; see link_effective.h.
#include "compile/link_effective.h"

#include <algorithm>
#include <array>

#include "compile/options.h"
#include "report/json_reader.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using std::string_view;

constexpr std::array<string_view, 3> kLinkers{"unknown", "bfd", "lld"};
constexpr std::array<string_view, 4> kOutputs{"executable", "pie", "shared", "relocatable"};
constexpr std::array<string_view, 3> kStacks{"by-objects", "executable", "not-executable"};
constexpr std::array<string_view, 3> kTexts{"by-objects", "allowed", "refused"};

// "--rpath", "-rpath": long options of GNU linkers take one dash or two.
string_view option_name(string_view word) {
  while (word.starts_with('-')) word.remove_prefix(1);
  return word;
}

class Interpreter {
 public:
  Interpreter(const Words& argv, LinkerKind kind, bool relro_by_default) : argv_(argv) {
    link_.linker = kind;
    link_.relro = relro_by_default;
    // lld never asks the objects.
    if (kind == LinkerKind::kLld) link_.stack = StackNote::kNotExecutable;
    if (kind == LinkerKind::kLld) link_.text = TextRelocations::kRefused;
  }

  EffectiveLink run() {
    for (at_ = 1; at_ < argv_.size(); ++at_) one(argv_[at_]);
    conclude();
    return std::move(link_);
  }

 private:
  void one(string_view word) {
    if (word == "-z") return keyword(next());
    if (word.starts_with("-z") && word.size() > 2) return keyword(word.substr(2));
    if (word == "-R" || word.starts_with("-R")) return run_path(word.size() > 2 ? word.substr(2) : next());
    if (word.starts_with("-l") || is_shared_object(word)) return library(word);
    if (!word.starts_with('-') || mode(word)) return;
    if (word == "-N" || word == "--omagic") link_.writable_text = true;
    if (word == "--no-omagic") link_.writable_text = false;
    const string_view name = option_name(word);
    if (name == "rpath") run_path(next());
    if (name.starts_with("rpath=")) run_path(name.substr(6));
    if (takes_value(name)) (void)next();
  }

  // What kind of file comes out; true when the word decides about that.
  bool mode(string_view word) {
    const string_view name = option_name(word);
    if (name == "pie" || name == "pic-executable") {
      pie_ = true;
      last_ = LinkOutput::kPie;
    } else if (name == "no-pie" || name == "no-pic-executable") {
      pie_ = false;
      last_ = LinkOutput::kExecutable;
    } else if (name == "shared" || name == "Bshareable") {
      shared_ = true;
      last_ = LinkOutput::kShared;
    } else if (word == "-r" || word == "-i" || name == "relocatable") {
      relocatable_ = true;
    } else if (matches_any(name, {"static", "Bstatic", "dn", "non_shared", "Bdynamic", "dy", "call_shared"})) {
      dynamic_ = matches_any(name, {"Bdynamic", "dy", "call_shared"});
      link_.is_static |= name == "static";
    } else if (name == "no-dynamic-linker") {
      link_.is_static = true;
    } else {
      return needed(name);
    }
    return true;
  }

  bool needed(string_view name) {
    if (name == "as-needed" || name == "no-as-needed") {
      as_needed_ = name == "as-needed";
    } else if (name == "push-state") {
      saved_.push_back(as_needed_);
    } else if (name == "pop-state") {
      if (!saved_.empty()) as_needed_ = saved_.back();
      if (!saved_.empty()) saved_.pop_back();
    } else {
      return false;
    }
    return true;
  }

  void keyword(string_view word) {
    if (word == "relro" || word == "norelro") link_.relro = word == "relro";
    if (word == "now" || word == "lazy") link_.bind_now = word == "now";
    if (word == "noexecstack") link_.stack = StackNote::kNotExecutable;
    if (word == "execstack") link_.stack = StackNote::kExecutable;
    if (word == "text") link_.text = TextRelocations::kRefused;
    // "textoff" is BFD's other word for it; lld warns and ignores it.
    if (word == "notext" || (word == "textoff" && link_.linker != LinkerKind::kLld))
      link_.text = TextRelocations::kAllowed;
  }

  void run_path(string_view path) {
    if (!path.empty()) link_.run_paths.emplace_back(path);
  }

  static bool is_shared_object(string_view word) {
    return !word.starts_with('-') && (word.ends_with(".so") || word.find(".so.") != string_view::npos);
  }

  void library(string_view word) {
    if (!as_needed_ && (dynamic_ || !word.starts_with("-l"))) link_.always_needed.emplace_back(word);
  }

  static bool takes_value(string_view name) {
    return matches_any(name, {"o",      "m",   "dynamic-linker", "I",      "L",          "T",          "e",
                              "u",      "h",   "soname",         "plugin", "plugin-opt", "rpath-link", "version-script",
                              "defsym", "Map", "init",           "fini",   "y",          "b",          "A",
                              "F",      "f"});
  }

  string_view next() { return at_ + 1 < argv_.size() ? string_view(argv_[++at_]) : string_view(); }

  void conclude() {
    // In BFD ld the last of -shared, -pie and -no-pie decides; in lld -shared stays whatever follows.
    link_.output = last_;
    if (link_.linker == LinkerKind::kLld && shared_) link_.output = LinkOutput::kShared;
    if (link_.linker == LinkerKind::kLld && !shared_ && pie_) link_.output = LinkOutput::kPie;
    if (relocatable_) link_.output = LinkOutput::kRelocatable;
    if (link_.writable_text) link_.relro = false;
  }

  const Words& argv_;
  size_t at_ = 1;
  EffectiveLink link_;
  LinkOutput last_ = LinkOutput::kExecutable;
  bool pie_ = false, shared_ = false, relocatable_ = false, dynamic_ = true, as_needed_ = false;
  std::vector<bool> saved_;
};

}  // namespace

std::string EffectiveLink::describe() const {
  return linker == LinkerKind::kBfd ? "BFD ld" : linker == LinkerKind::kLld ? "lld" : linker_path;
}

EffectiveLink interpret_linker_words(const Words& argv, LinkerKind kind, bool relro_by_default) {
  return Interpreter(argv, kind, relro_by_default).run();
}

LinkerKind linker_kind(string_view real_path) {
  const std::string name = fs::path(real_path).filename().string();
  if (name.find("lld") != std::string::npos) return LinkerKind::kLld;
  return name.ends_with("ld.bfd") || name == "ld" || name.ends_with("-ld") ? LinkerKind::kBfd : LinkerKind::kUnknown;
}

Words linker_words(string_view text) {
  Words found;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const string_view line = text.substr(0, end);
    text = end == string_view::npos ? string_view() : text.substr(end + 1);
    if (!line.starts_with(' ')) continue;
    Words words = split_words(line);
    if (words.empty()) continue;
    const std::string name = fs::path(words[0]).filename().string();
    if (name == "collect2" || is_known_linker(words[0])) found = std::move(words);
  }
  return found;
}

Words link_question(const Words& arguments) {
  Words out;
  for (size_t i = 1; i < arguments.size(); ++i) {
    const string_view word = arguments[i];
    if (word == "-o" || matches_any(word, {"-L", "-T", "-MF", "-MT", "-MQ", "-x"})) {
      ++i;
    } else if (takes_next_word(word) && i + 1 < arguments.size()) {
      out.insert(out.end(), {arguments[i], arguments[i + 1]});
      ++i;
    } else if (!word.starts_with('-')) {
      const size_t slash = word.rfind('/');
      const string_view name = slash == string_view::npos ? word : word.substr(slash + 1);
      if (name.find(".so") != string_view::npos) out.push_back("-l:" + std::string(name));
    } else if (!matches_any(word, {"-L*", "-o*", "-M*", "-T*", "-Wl,-Map*", "-Wl,-soname*", "-Wl,-T*", "-x*",
                                   "-Wl,--dependency-file*", "-save-temps*", "-wrapper*", "-fplugin*"})) {
      out.emplace_back(word);
    }
  }
  return out;
}

Words linker_requests(const Words& arguments) {
  Words words;
  for (size_t i = 1; i < arguments.size(); ++i) {
    string_view word = arguments[i];
    if (word == "-Xlinker" && i + 1 < arguments.size()) {
      words.push_back(arguments[++i]);
    } else if (word.starts_with("-Wl,")) {
      for (word.remove_prefix(4); !word.empty();) {
        const size_t comma = word.find(',');
        words.emplace_back(word.substr(0, comma));
        word = comma == string_view::npos ? string_view() : word.substr(comma + 1);
      }
    } else {
      words.emplace_back(word);
    }
  }
  Words out;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "-z" && i + 1 < words.size()) {
      out.push_back("-z " + words[++i]);
    } else if (words[i].starts_with("-z") && words[i].size() > 2 && words[i][2] != ' ') {
      out.push_back("-z " + words[i].substr(2));
    } else {
      out.push_back(words[i]);
    }
  }
  return out;
}

json to_json(const EffectiveLink& link) {
  return {{"linker", kLinkers.at(static_cast<size_t>(link.linker))},
          {"linker_path", link.linker_path},
          {"output", kOutputs.at(static_cast<size_t>(link.output))},
          {"is_static", link.is_static},
          {"relro", link.relro},
          {"bind_now", link.bind_now},
          {"stack", kStacks.at(static_cast<size_t>(link.stack))},
          {"text", kTexts.at(static_cast<size_t>(link.text))},
          {"writable_text", link.writable_text},
          {"run_paths", link.run_paths},
          {"always_needed", link.always_needed}};
}

report::Result<EffectiveLink> link_from_json(const json& object) {
  report::JsonReader reader;
  EffectiveLink link;
  link.linker = static_cast<LinkerKind>(reader.word(object, "linker", kLinkers));
  link.linker_path = reader.text(object, "linker_path");
  link.output = static_cast<LinkOutput>(reader.word(object, "output", kOutputs));
  link.is_static = reader.flag(object, "is_static");
  link.relro = reader.flag(object, "relro");
  link.bind_now = reader.flag(object, "bind_now");
  link.stack = static_cast<StackNote>(reader.word(object, "stack", kStacks));
  link.text = static_cast<TextRelocations>(reader.word(object, "text", kTexts));
  link.writable_text = reader.flag(object, "writable_text");
  link.run_paths = reader.texts(object, "run_paths");
  link.always_needed = reader.texts(object, "always_needed");
  if (reader.problem().empty()) return link;
  return tl::unexpected(report::Error{"not a linker's answer: " + reader.problem(), ""});
}

}  // namespace proofmark::analyze
