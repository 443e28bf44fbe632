// SPDX-License-Identifier: Apache-2.0
//
// The tracer; see exec_trace.h.
#include "compile/exec_trace.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>

#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;

constexpr auto kOptions =
    static_cast<unsigned long>(PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC);

std::string slurp(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Words split_at_nul(const std::string& text) {
  Words words;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\0', at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

// "PPid:\t123" in /proc/<pid>/status, 0 when the process is gone.
pid_t status_number(const std::string& status, std::string_view key) {
  const size_t at = status.find(fmt::format("\n{}:\t", key));
  return at == std::string::npos ? 0 : std::atoi(status.c_str() + at + key.size() + 3);
}

class Tracer {
 public:
  Tracer(pid_t root, const std::function<bool(const Execution&)>& take) : root_(root), take_(take) {
    inside_[root] = false;
  }

  // Returns the wait status of the root process.
  int run() {
    for (;;) {
      int status = 0;
      const pid_t process = ::waitpid(-1, &status, __WALL);
      if (process < 0 && errno == EINTR) continue;
      if (process < 0) return 0;
      if (WIFEXITED(status) || WIFSIGNALED(status)) {
        inside_.erase(process);
        if (process == root_) return status;
      } else if (WIFSTOPPED(status)) {
        stopped(process, WSTOPSIG(status), status >> 16);
      }
    }
  }

 private:
  void stopped(pid_t process, int signal, int event) {
    switch (event) {
      case PTRACE_EVENT_FORK:
      case PTRACE_EVENT_VFORK:
      case PTRACE_EVENT_CLONE: {
        unsigned long child = 0;
        ::ptrace(PTRACE_GETEVENTMSG, process, nullptr, &child);
        inside_.emplace(static_cast<pid_t>(child), is_inside(process));
        return resume(process, 0);
      }
      case PTRACE_EVENT_EXEC:
        executed(process);
        return resume(process, 0);
      case PTRACE_EVENT_STOP: {
        const bool job_control = signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
        if (!job_control) return resume(process, 0);
        ::ptrace(PTRACE_LISTEN, process, nullptr, nullptr);
        return;
      }
      default:
        resume(process, signal);
    }
  }

  // A child may run before its parent's stop is reported; then the parent is asked for.
  bool is_inside(pid_t process) {
    if (const auto known = inside_.find(process); known != inside_.end()) return known->second;
    const std::string status = slurp(fmt::format("/proc/{}/status", process));
    const pid_t leader = status_number(status, "Tgid");
    const auto from = inside_.find(leader != process ? leader : status_number(status, "PPid"));
    return inside_[process] = from != inside_.end() && from->second;
  }

  void executed(pid_t process) {
    if (is_inside(process)) return;
    const std::string folder = fmt::format("/proc/{}/", process);
    std::error_code error;
    const Execution execution{split_at_nul(slurp(folder + "cmdline")), split_at_nul(slurp(folder + "environ")),
                              fs::read_symlink(folder + "cwd", error)};
    inside_[process] = !execution.arguments.empty() && take_(execution);
  }

  static void resume(pid_t process, int signal) {
    ::ptrace(PTRACE_CONT, process, nullptr, reinterpret_cast<void*>(static_cast<intptr_t>(signal)));
  }

  pid_t root_;
  const std::function<bool(const Execution&)>& take_;
  std::map<pid_t, bool> inside_;  // below a program that was taken
};

// Waits until it is traced, then becomes the command.
[[noreturn]] void become(char* const* argv, int gate) {
  char go = 0;
  if (::read(gate, &go, 1) != 1) ::_exit(127);
  ::execvp(argv[0], argv);
  const std::string_view text = "proofmark: error: the command cannot be executed\n";
  (void)!::write(STDERR_FILENO, text.data(), text.size());
  ::_exit(127);
}

report::Error system_error(const char* what) {
  return {fmt::format("record: {}: {}", what, std::strerror(errno)),
          "tracing needs ptrace: a container may have to be started with --cap-add=SYS_PTRACE"};
}

}  // namespace

report::Result<int> trace_executions(const Words& command, const std::function<bool(const Execution&)>& take) {
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  std::array<int, 2> gate{};
  if (::pipe2(gate.data(), O_CLOEXEC) != 0) return tl::unexpected(system_error("no pipe"));
  const pid_t child = ::fork();
  if (child < 0) return tl::unexpected(system_error("cannot start"));
  if (child == 0) {
    ::close(gate[1]);
    become(argv.data(), gate[0]);
  }
  ::close(gate[0]);
  if (::ptrace(PTRACE_SEIZE, child, nullptr, kOptions) != 0) {
    const report::Error error = system_error("cannot trace");
    ::close(gate[1]);  // the child sees the end and leaves
    ::waitpid(child, nullptr, 0);
    return tl::unexpected(error);
  }
  // Ctrl-C is for the build; what it did until then is still recorded.
  const auto on_interrupt = std::signal(SIGINT, SIG_IGN);
  (void)!::write(gate[1], "g", 1);
  ::close(gate[1]);
  const int status = Tracer(child, take).run();
  std::signal(SIGINT, on_interrupt);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace proofmark::analyze
