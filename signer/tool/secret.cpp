// SPDX-License-Identifier: Apache-2.0
//
// Passphrases and PINs: from a file, from the environment, or typed without an echo.
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>

#include <fmt/format.h>

#include "key_options.h"
#include "proofmark/sign/files.h"

namespace proofmark::sign::tool {
namespace {

constexpr std::size_t kMaxSize = 4096;

std::string first_line(std::string text) {
  text.erase(std::min(text.find_first_of("\r\n"), text.size()));
  return text;
}

// The terminal with its echo off, until this goes away: also when reading fails.
class QuietTerminal {
 public:
  explicit QuietTerminal(int fd) : fd_(fd), known_(tcgetattr(fd, &before_) == 0) {
    if (!known_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    known_ = tcsetattr(fd_, TCSAFLUSH, &quiet) == 0;
  }
  ~QuietTerminal() {
    if (known_) tcsetattr(fd_, TCSAFLUSH, &before_);
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;
  bool is_quiet() const { return known_; }

 private:
  int fd_;
  termios before_{};
  bool known_;
};

// One line, byte by byte: what follows it belongs to somebody else.
std::string read_line(int fd) {
  std::string line;
  char next = 0;
  while (line.size() < kMaxSize && read(fd, &next, 1) == 1 && next != '\n') line.push_back(next);
  return line;
}

void say(int fd, std::string_view text) {
  [[maybe_unused]] const auto written = write(fd, text.data(), text.size());
}

Result<std::string> ask(const std::string& what) {
  const Descriptor terminal(open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  if (terminal.get() < 0)
    return unknown("", fmt::format("nobody can be asked for the {}: there is no terminal", what),
                   "give it in a file or in the environment");
  std::string secret;
  {
    const QuietTerminal quiet(terminal.get());
    if (!quiet.is_quiet())
      return unknown("", fmt::format("not asked for the {}: the terminal would show it", what),
                     "give it in a file or in the environment");
    say(terminal.get(), what + ": ");
    secret = read_line(terminal.get());
  }
  say(terminal.get(), "\n");
  return secret;
}

}  // namespace

void add_secret_options(CLI::App& command, SecretOptions& options, const std::string& name, const std::string& what) {
  auto* file = command.add_option(fmt::format("--{}-file", name), options.file, "file whose first line opens " + what);
  auto* variable =
      command.add_option(fmt::format("--{}-env", name), options.environment, "environment variable that opens " + what);
  auto* prompt =
      command.add_flag(fmt::format("--{}-prompt", name), options.prompt, "ask on the terminal for what opens " + what);
  file->excludes(variable)->excludes(prompt);
  variable->excludes(prompt);
}

bool is_given(const SecretOptions& options) {
  return !options.file.empty() || !options.environment.empty() || options.prompt;
}

Result<std::string> read_secret(const SecretOptions& options, const std::string& what) {
  if (options.prompt) return ask(what);
  if (!options.environment.empty()) {
    const char* value = std::getenv(options.environment.c_str());
    if (value == nullptr)
      return usage("",
                   fmt::format("the environment variable {} is not set (expected the {})", options.environment, what));
    return std::string(value);
  }
  auto text = read_text(options.file, kMaxSize);
  return text ? Result<std::string>(first_line(std::move(*text))) : text;
}

Result<std::string> read_new_secret(const SecretOptions& options, const std::string& what) {
  auto secret = read_secret(options, what);
  if (!secret) return secret;
  if (secret->empty()) return usage("", fmt::format("the {} is empty", what));
  if (!options.prompt) return secret;
  const auto again = ask(what + ", again");
  if (!again) return again;
  if (*again != *secret) return usage("", fmt::format("the {} was typed differently the second time", what));
  return secret;
}

}  // namespace proofmark::sign::tool
