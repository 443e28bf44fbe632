// SPDX-License-Identifier: Apache-2.0
//
// Forked workers; see worker_pool.h.
#include "engine/worker_pool.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

namespace proofmark::analyze {
namespace {

using Clock = std::chrono::steady_clock;

// The last byte that a worker writes: without it, the output is that of a worker that died.
constexpr char kComplete = '\x04';

struct Worker {
  size_t task = 0;
  pid_t process = -1;
  int output_fd = -1;
  Clock::time_point deadline;
  std::string output;
  bool timed_out = false;
};

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

// The soft limit raises SIGXCPU, which nothing here catches. A worker must not outlive its parent either.
void limit_child(std::chrono::seconds processor_time) {
  const auto seconds = static_cast<rlim_t>(processor_time.count());
  const rlimit limit{seconds, seconds + 1};
  ::setrlimit(RLIMIT_CPU, &limit);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
}

// _exit, because the child must not flush or destroy what belongs to its parent.
[[noreturn]] void run_child(int fd, size_t index, const std::function<std::string(size_t)>& task) {
  const int null = ::open("/dev/null", O_RDWR);
  if (null >= 0) {
    ::dup2(null, STDIN_FILENO);
    ::dup2(null, STDOUT_FILENO);
  }
  const std::string output = task(index) + kComplete;
  ::_exit(write_all(fd, output) ? 0 : 1);
}

TaskOutcome failed(std::string why) {
  return {false, "", std::move(why)};
}

class Pool {
 public:
  Pool(const PoolOptions& options, const std::function<std::string(size_t)>& task,
       const std::function<void(size_t, TaskOutcome)>& done)
      : options_(options), task_(task), done_(done) {}

  void run(size_t count) {
    size_t next = 0;
    while (next < count || !workers_.empty()) {
      while (next < count && workers_.size() < std::max(1u, options_.jobs)) start(next++);
      wait_for_output();
    }
  }

 private:
  void start(size_t index) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return done_(index, failed(std::strerror(errno)));
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      limit_child(options_.time_limit);
      run_child(ends[1], index, task_);
    }
    ::close(ends[1]);
    if (child < 0) {
      ::close(ends[0]);
      return done_(index, failed(std::strerror(errno)));
    }
    workers_.push_back({index, child, ends[0], Clock::now() + options_.patience * options_.time_limit, "", false});
  }

  void wait_for_output() {
    std::vector<pollfd> fds;
    Clock::time_point first = Clock::time_point::max();
    for (const Worker& worker : workers_) {
      fds.push_back({worker.output_fd, POLLIN, 0});
      first = std::min(first, worker.deadline);
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(first - Clock::now()).count();
    ::poll(fds.data(), fds.size(), static_cast<int>(std::max<decltype(left)>(left + 1, 0)));
    for (size_t i = fds.size(); i-- > 0;) serve(i, fds[i].revents != 0);
  }

  void serve(size_t at, bool readable) {
    Worker& worker = workers_[at];
    if (!worker.timed_out && Clock::now() >= worker.deadline) {
      worker.timed_out = true;
      worker.deadline = Clock::time_point::max();
      ::kill(worker.process, SIGKILL);
    }
    if (!readable) return;
    std::array<char, 65536> buffer;
    const ssize_t got = ::read(worker.output_fd, buffer.data(), buffer.size());
    if (got > 0) worker.output.append(buffer.data(), static_cast<size_t>(got));
    if (got > 0 || (got < 0 && errno == EINTR)) return;
    Worker ended = std::move(worker);
    workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(at));
    finish(ended);
  }

  void finish(Worker& worker) {
    ::close(worker.output_fd);
    int status = 0;
    while (::waitpid(worker.process, &status, 0) < 0 && errno == EINTR) {
    }
    if (worker.timed_out)
      return done_(worker.task,
                   failed(fmt::format("took longer than {} s", (options_.patience * options_.time_limit).count())));
    if (WIFSIGNALED(status)) return done_(worker.task, failed(death(WTERMSIG(status))));
    if (worker.output.empty() || worker.output.back() != kComplete)
      return done_(worker.task, failed("ended without a result"));
    worker.output.pop_back();
    done_(worker.task, {true, std::move(worker.output), ""});
  }

  std::string death(int signal) const {
    if (signal == SIGXCPU) return fmt::format("used more than {} s of processor time", options_.time_limit.count());
    return fmt::format("crashed (signal {})", signal);
  }

  const PoolOptions& options_;
  const std::function<std::string(size_t)>& task_;
  const std::function<void(size_t, TaskOutcome)>& done_;
  std::vector<Worker> workers_;
};

}  // namespace

void run_in_processes(size_t count, const PoolOptions& options, const std::function<std::string(size_t)>& task,
                      const std::function<void(size_t, TaskOutcome)>& done) {
  Pool(options, task, done).run(count);
}

}  // namespace proofmark::analyze
