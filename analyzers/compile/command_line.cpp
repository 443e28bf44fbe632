// SPDX-License-Identifier: Apache-2.0
//
// Word splitting and response files; see command_line.h.
#include "compile/command_line.h"

#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace proofmark::analyze {
namespace {

// GCC gives up at 2000 expansions; real builds nest once or twice.
constexpr int kMaxNesting = 16;

class WordSplitter {
 public:
  void feed(char c) {
    if (escaped_) {
      take(c);
      escaped_ = false;
    } else if (quote_ != '\0') {
      feed_quoted(c);
    } else {
      feed_plain(c);
    }
  }

  Words finish() {
    end_word();
    return std::move(words_);
  }

 private:
  void feed_quoted(char c) {
    if (c == quote_) {
      quote_ = '\0';
    } else if (c == '\\' && quote_ == '"') {
      escaped_ = true;
    } else {
      take(c);
    }
  }

  void feed_plain(char c) {
    if (c == '\\') {
      escaped_ = true;
      in_word_ = true;
    } else if (c == '"' || c == '\'') {
      quote_ = c;
      in_word_ = true;  // "" is a word
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      end_word();
    } else {
      take(c);
    }
  }

  void take(char c) {
    word_ += c;
    in_word_ = true;
  }

  void end_word() {
    if (in_word_) words_.push_back(std::move(word_));
    word_.clear();
    in_word_ = false;
  }

  Words words_;
  std::string word_;
  bool in_word_ = false;
  bool escaped_ = false;
  char quote_ = '\0';
};

report::Result<bool> expand_into(Words& out, const Words& words, const std::filesystem::path& directory, int depth) {
  for (const std::string& word : words) {
    std::ifstream file;
    if (word.size() > 1 && word[0] == '@') file.open(directory / word.substr(1));
    if (!file.is_open()) {
      out.push_back(word);
      continue;
    }
    if (depth >= kMaxNesting) {
      return tl::unexpected(
          report::Error{fmt::format("{}: response files are nested more than {} deep", word.substr(1), kMaxNesting),
                        "does the file name itself?"});
    }
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (auto done = expand_into(out, split_words(text), directory, depth + 1); !done) return done;
  }
  return true;
}

}  // namespace

Words split_words(std::string_view line) {
  WordSplitter splitter;
  for (char c : line) splitter.feed(c);
  return splitter.finish();
}

report::Result<Words> expand_response_files(const Words& words, const std::filesystem::path& directory) {
  Words out;
  if (auto done = expand_into(out, words, directory, 0); !done) return tl::unexpected(done.error());
  return out;
}

}  // namespace proofmark::analyze
