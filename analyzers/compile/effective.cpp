// SPDX-License-Identifier: Apache-2.0
//
// Which flags a compiler has to be asked about; see effective.h.
#include "compile/effective.h"

#include "compile/options.h"

namespace proofmark::analyze {
namespace {

using std::string_view;

// Definitions that hardening depends on; all others would only split the cache.
bool is_relevant_macro(string_view body) {
  return matches_any(body.substr(0, body.find('=')),
                     {"_FORTIFY_SOURCE", "_GLIBCXX_ASSERTIONS", "_LIBCPP_HARDENING_MODE", "__OPTIMIZE__"});
}

bool has_forced_include(const Words& flags) {
  for (const std::string& flag : flags)
    if (flag.starts_with("-include") || flag.starts_with("-imacros")) return true;
  return false;
}

bool loads_code(string_view cc1_option) {
  return matches_any(cc1_option, {"-load", "-plugin*", "-add-plugin"});
}

class RelevantFlags {
 public:
  RelevantFlags(const Words& flags, bool with_warnings)
      : flags_(flags), keep_includes_(has_forced_include(flags)), with_warnings_(with_warnings) {}

  Words collect() {
    for (at_ = 0; at_ < flags_.size(); ++at_) one();
    return std::move(out_);
  }

 private:
  void one() {
    const std::string& word = flags_[at_];
    const bool separate = takes_next_word(word) && at_ + 1 < flags_.size();
    const string_view value = separate ? string_view(flags_[at_ + 1]) : string_view();
    if (wanted(word, value)) {
      out_.push_back(word);
      if (separate) out_.emplace_back(value);
    }
    if (separate) ++at_;
    // "-Xclang -load -Xclang x.so": the value of a cc1 option follows in a pair of its own.
    const bool has_value = word == "-Xclang" && loads_code(value) && at_ + 2 < flags_.size();
    if (has_value && flags_[at_ + 1] == "-Xclang") at_ += 2;
  }

  bool wanted(string_view word, string_view value) const {
    if (is_output_or_plugin(word)) return false;
    if (word.starts_with("-D") || word.starts_with("-U"))
      return is_relevant_macro(word.size() > 2 ? word.substr(2) : value);
    if (word == "-Xclang") return !loads_code(value);
    if (matches_any(word, {"-I*", "-iquote*", "-isystem*", "-idirafter*"})) return keep_includes_;
    if (matches_any(word, {"-ffile-prefix-map*", "-fdebug-prefix-map*", "-fmacro-prefix-map*", "-fanalyzer"}))
      return false;
    if (word.starts_with("-W") || word == "-w") return with_warnings_;
    return word.starts_with("-");
  }

  const Words& flags_;
  Words out_;
  size_t at_ = 0;
  bool keep_includes_, with_warnings_;
};

}  // namespace

Words relevant_flags(const Unit& unit, bool with_warnings) {
  return RelevantFlags(unit.flags, with_warnings).collect();
}

}  // namespace proofmark::analyze
