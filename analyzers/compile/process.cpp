// SPDX-License-Identifier: Apache-2.0
//
// fork and exec with both output pipes drained; see process.h.
#include "compile/process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "compile/launcher.h"

extern char** environ;

namespace proofmark::analyze {
namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  int read_end = -1, write_end = -1;

  bool open() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    read_end = ends[0];
    write_end = ends[1];
    return true;
  }
  void close_write() { close_one(write_end); }
  ~Pipe() {
    close_one(read_end);
    close_one(write_end);
  }

 private:
  static void close_one(int& fd) {
    if (fd >= 0) ::close(fd);
    fd = -1;
  }
};

std::string_view name_of(std::string_view entry) {
  return entry.substr(0, entry.find('='));
}

// "NAME=value" sets, "NAME" unsets, "-" unsets every variable that compilers read.
Words changed_environment(const Words& changes) {
  Words result;
  for (char** at = environ; *at != nullptr; ++at) result.emplace_back(*at);
  for (const std::string& change : changes) {
    std::erase_if(result, [&](const std::string& entry) {
      return change == "-" ? is_compiler_variable(name_of(entry)) : name_of(entry) == name_of(change);
    });
    if (change.find('=') != std::string::npos) result.push_back(change);
  }
  // The compilers translate their messages; ours are parsed.
  std::erase_if(result, [](const std::string& entry) { return name_of(entry) == "LC_ALL"; });
  result.emplace_back("LC_ALL=C");
  return result;
}

std::vector<char*> pointers_to(const Words& words) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// A file in memory, so that no input is too long for a pipe; -1 when there is none to be had.
int input_file(const std::string& text) {
  if (text.empty()) return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int fd = ::memfd_create("input", MFD_CLOEXEC);
  const bool written = fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (written && ::lseek(fd, 0, SEEK_SET) == 0) return fd;
  if (fd >= 0) ::close(fd);
  return -1;
}

// Only async-signal-safe calls are allowed between fork and exec, hence everything is prepared.
struct Prepared {
  char* const* argv;
  char* const* environment;
  const char* directory;
  int in, out, err;
  bool own_group;
};

[[noreturn]] void become(const Prepared& program) {
  if (program.in < 0 || ::dup2(program.in, 0) < 0 || ::dup2(program.out, 1) < 0 || ::dup2(program.err, 2) < 0)
    ::_exit(127);
  if (program.own_group) ::setpgid(0, 0);
  if (::chdir(program.directory) != 0) ::_exit(127);
  ::execvpe(program.argv[0], program.argv, program.environment);
  ::_exit(127);
}

// Returns false when the stream has ended.
bool drain(int fd, std::string& into) {
  std::array<char, 16384> buffer;
  const ssize_t got = ::read(fd, buffer.data(), buffer.size());
  if (got > 0) into.append(buffer.data(), static_cast<size_t>(got));
  return got > 0 || (got < 0 && errno == EINTR);
}

enum class Drained { kAll, kLate, kTooLong };

// Reads both pipes until they close, the time is up, or one has brought more than `most` bytes.
Drained drain_both(const Pipe& out, const Pipe& err, ProcessOutput& result, Clock::time_point deadline, size_t most) {
  std::array<pollfd, 2> fds{{{out.read_end, POLLIN, 0}, {err.read_end, POLLIN, 0}}};
  while (fds[0].fd >= 0 || fds[1].fd >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return Drained::kLate;
    if (std::max(result.out.size(), result.err.size()) > most) return Drained::kTooLong;
    const int ready = ::poll(fds.data(), fds.size(), static_cast<int>(left));
    if (ready < 0 && errno != EINTR) return Drained::kLate;
    if (ready <= 0) continue;
    if (fds[0].revents != 0 && !drain(fds[0].fd, result.out)) fds[0].fd = -1;
    if (fds[1].revents != 0 && !drain(fds[1].fd, result.err)) fds[1].fd = -1;
  }
  return Drained::kAll;
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

report::Result<ProcessOutput> run_process(const Words& argv, const std::filesystem::path& directory,
                                          const ProcessOptions& options) {
  const Words environment = changed_environment(options.environment);
  const std::vector<char*> words = pointers_to(argv), variables = pointers_to(environment);
  const auto limit = options.limit;
  Pipe out, err;
  if (!out.open() || !err.open())
    return tl::unexpected(report::Error{fmt::format("{}: no pipe: {}", argv[0], std::strerror(errno)), ""});
  const int in = input_file(options.input);
  const pid_t child = ::fork();
  if (child == 0)
    become({words.data(), variables.data(), directory.c_str(), in, out.write_end, err.write_end, options.own_group});
  if (in >= 0) ::close(in);
  if (child < 0)
    return tl::unexpected(report::Error{fmt::format("{}: cannot start: {}", argv[0], std::strerror(errno)), ""});
  out.close_write();
  err.close_write();

  ProcessOutput result;
  const Drained drained = drain_both(out, err, result, Clock::now() + limit, options.max_output);
  if (drained != Drained::kAll) ::kill(options.own_group ? -child : child, SIGKILL);
  result.exit_code = wait_for(child);
  if (drained == Drained::kTooLong)
    return tl::unexpected(report::Error{fmt::format("{}: more than {} bytes", argv[0], options.max_output), ""});
  if (drained == Drained::kLate)
    return tl::unexpected(report::Error{fmt::format("{}: no answer within {} s", argv[0], limit.count()), ""});
  if (result.exit_code == 127 && result.out.empty() && result.err.empty())
    return tl::unexpected(
        report::Error{fmt::format("{}: cannot be executed", argv[0]), "is it installed and in PATH?"});
  return result;
}

}  // namespace proofmark::analyze
