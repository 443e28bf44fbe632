// SPDX-License-Identifier: Apache-2.0
//
// fork and exec with both output pipes drained; see process.h.
#include "compile/process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

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

// Only async-signal-safe calls are allowed between fork and exec, hence the prepared argv.
[[noreturn]] void become(char* const* argv, const char* directory, int out, int err) {
  const int null = ::open("/dev/null", O_RDONLY);
  if (null < 0 || ::dup2(null, 0) < 0 || ::dup2(out, 1) < 0 || ::dup2(err, 2) < 0) ::_exit(127);
  if (::chdir(directory) != 0) ::_exit(127);
  ::execvp(argv[0], argv);
  ::_exit(127);
}

// Returns false when the stream has ended.
bool drain(int fd, std::string& into) {
  std::array<char, 16384> buffer;
  const ssize_t got = ::read(fd, buffer.data(), buffer.size());
  if (got > 0) into.append(buffer.data(), static_cast<size_t>(got));
  return got > 0 || (got < 0 && errno == EINTR);
}

// Reads both pipes until they close; false when the time is up first.
bool drain_both(const Pipe& out, const Pipe& err, ProcessOutput& result, Clock::time_point deadline) {
  std::array<pollfd, 2> fds{{{out.read_end, POLLIN, 0}, {err.read_end, POLLIN, 0}}};
  while (fds[0].fd >= 0 || fds[1].fd >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    const int ready = ::poll(fds.data(), fds.size(), static_cast<int>(left));
    if (ready < 0 && errno != EINTR) return false;
    if (ready <= 0) continue;
    if (fds[0].revents != 0 && !drain(fds[0].fd, result.out)) fds[0].fd = -1;
    if (fds[1].revents != 0 && !drain(fds[1].fd, result.err)) fds[1].fd = -1;
  }
  return true;
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

report::Result<ProcessOutput> run_process(const Words& argv, const std::filesystem::path& directory,
                                          std::chrono::seconds limit) {
  std::vector<char*> pointers;
  for (const std::string& word : argv) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);

  Pipe out, err;
  if (!out.open() || !err.open())
    return tl::unexpected(report::Error{fmt::format("{}: no pipe: {}", argv[0], std::strerror(errno)), ""});
  // The compilers translate their messages; ours are parsed.
  ::setenv("LC_ALL", "C", 1);
  const pid_t child = ::fork();
  if (child < 0)
    return tl::unexpected(report::Error{fmt::format("{}: cannot start: {}", argv[0], std::strerror(errno)), ""});
  if (child == 0) become(pointers.data(), directory.c_str(), out.write_end, err.write_end);
  out.close_write();
  err.close_write();

  ProcessOutput result;
  const bool in_time = drain_both(out, err, result, Clock::now() + limit);
  if (!in_time) ::kill(child, SIGKILL);
  result.exit_code = wait_for(child);
  if (!in_time)
    return tl::unexpected(report::Error{fmt::format("{}: no answer within {} s", argv[0], limit.count()), ""});
  if (result.exit_code == 127 && result.out.empty() && result.err.empty())
    return tl::unexpected(
        report::Error{fmt::format("{}: cannot be executed", argv[0]), "is it installed and in PATH?"});
  return result;
}

}  // namespace proofmark::analyze
