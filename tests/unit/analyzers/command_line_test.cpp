// SPDX-License-Identifier: Apache-2.0
//
// Word splitting and response files.
#include "compile/command_line.h"

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include <fmt/ranges.h>

#include "report/check.h"

namespace {

namespace fs = std::filesystem;
using namespace proofmark::analyze;
using namespace proofmark::test;

std::string words(std::string_view line) {
  return fmt::format("{}", fmt::join(split_words(line), "|"));
}

std::string splits_at_blanks() {
  return same(words("  cc\t-c  a.c\n"), "cc|-c|a.c");
}
std::string keeps_quoted_blanks() {
  return same(words(R"(cc "-DA=x y" '-DB="q"')"), R"(cc|-DA=x y|-DB="q")");
}
std::string keeps_empty_word() {
  return same(words(R"(cc "" b)"), "cc||b");
}
std::string backslash_protects_outside_single_quotes() {
  return same(words(R"(a\ b "c\"d" 'e\f')"), R"(a b|c"d|e\f)");
}
std::string joins_adjacent_pieces() {
  return same(words(R"(-DV=\"1.2\" -D'X'"Y"z)"), R"(-DV="1.2"|-DXYz)");
}
std::string expands_no_variable() {
  return same(words("$HOME `id` $(id) *"), "$HOME|`id`|$(id)|*");
}

struct Scratch {
  fs::path folder = fs::temp_directory_path() / fmt::format("proofmark-words-{}", ::getpid());
  Scratch() { fs::create_directories(folder); }
  ~Scratch() { fs::remove_all(folder); }
  void write(const char* name, const char* text) const { std::ofstream(folder / name) << text; }
  std::string expand(const Words& given) const {
    const auto expanded = expand_response_files(given, folder);
    return expanded ? fmt::format("{}", fmt::join(*expanded, "|")) : "error: " + expanded.error().message;
  }
};

std::string expands_nested_response_files() {
  const Scratch scratch;
  scratch.write("a.rsp", "-O2 @b.rsp\n-c");
  scratch.write("b.rsp", "\"-DX=1 2\"");
  return same(scratch.expand({"cc", "@a.rsp", "x.c"}), "cc|-O2|-DX=1 2|-c|x.c");
}
std::string keeps_missing_response_file() {
  const Scratch scratch;
  return same(scratch.expand({"@none", "@"}), "@none|@");
}
std::string refuses_endless_response_file() {
  const Scratch scratch;
  scratch.write("a.rsp", "@a.rsp");
  return same(scratch.expand({"@a.rsp"}), "error: a.rsp: response files are nested more than 16 deep");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<splits_at_blanks>("splits_at_blanks"),
      named<keeps_quoted_blanks>("keeps_quoted_blanks"),
      named<keeps_empty_word>("keeps_empty_word"),
      named<backslash_protects_outside_single_quotes>("backslash_protects_outside_single_quotes"),
      named<joins_adjacent_pieces>("joins_adjacent_pieces"),
      named<expands_no_variable>("expands_no_variable"),
      named<expands_nested_response_files>("expands_nested_response_files"),
      named<keeps_missing_response_file>("keeps_missing_response_file"),
      named<refuses_endless_response_file>("refuses_endless_response_file"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
