// SPDX-License-Identifier: Apache-2.0
//
// Asks a program for the help of a verb, and reads it.
#include "verb_help.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "verbs.h"

namespace proofmark::command {
namespace {

constexpr std::size_t kTextColumn = 20;  // an indent as deep as this is a text that goes on

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = text.find(separator);
    if (end != 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return words;
}

// "-o,--output FILE            write it here"
Option parse_line(std::string_view line) {
  Option option;
  const auto gap = line.find("  ");
  const std::string_view left = trim(line.substr(0, gap));
  if (gap != std::string_view::npos) option.text = trim(line.substr(gap));
  const auto blank = left.find(' ');
  option.names = split(left.substr(0, blank), ',');
  if (blank == std::string_view::npos) return option;
  option.value = trim(left.substr(blank));
  const auto open = option.value.find(":{"), close = option.value.find('}');
  if (open != std::string::npos && close != std::string::npos && open < close)
    option.choices = split(std::string_view(option.value).substr(open + 2, close - open - 2), ',');
  return option;
}

std::string read_all(int descriptor) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t n = 0; (n = read(descriptor, buffer.data(), buffer.size())) > 0;)
    text.append(buffer.data(), static_cast<std::size_t>(n));
  return text;
}

}  // namespace

Help parse_help(std::string_view text) {
  Help help;
  std::vector<Option>* list = nullptr;
  for (const std::string& line : split(text, '\n')) {
    const auto indent = line.find_first_not_of(' ');
    if (indent == std::string::npos) continue;
    const std::string_view rest = trim(line);
    if (help.summary.empty()) {
      help.summary = rest;
    } else if (rest.starts_with("Usage: ")) {
      help.usage = rest.substr(7);
    } else if (rest == "Positionals:" || rest == "Options:" || rest == "Subcommands:") {
      list = rest == "Options:" ? &help.options : rest == "Subcommands:" ? &help.subcommands : &help.positionals;
    } else if (list != nullptr && indent >= kTextColumn && !list->empty()) {
      std::string& known = list->back().text;
      known += known.empty() ? std::string(rest) : " " + std::string(rest);
    } else if (list != nullptr && indent > 0 && !rest.starts_with('[')) {
      list->push_back(parse_line(rest));
    }
  }
  return help;
}

std::optional<std::string> help_of(const Verb& verb) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  const bool own = *verb.program == '\0';
  const std::string program = (self.parent_path() / (own ? "proofmark" : verb.program)).string();
  std::array<int, 2> ends{};
  if (error || pipe(ends.data()) != 0) return std::nullopt;
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    execl(program.c_str(), program.c_str(), std::string(verb.name).c_str(), "--help", nullptr);
    _exit(127);
  }
  close(ends[1]);
  std::string text = child > 0 ? read_all(ends[0]) : "";
  close(ends[0]);
  int status = 1;
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0) return std::nullopt;
  return text;
}

}  // namespace proofmark::command
