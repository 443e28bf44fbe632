// SPDX-License-Identifier: Apache-2.0
//
// See worker.h.
#include "worker.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include <fmt/format.h>

namespace proofmark::sign {
namespace {

constexpr std::size_t kMostParts = 8;
constexpr std::size_t kMostBytes = 1u << 20;
using Clock = std::chrono::steady_clock;

void put_number(Bytes& out, std::size_t value) {
  for (unsigned shift = 0; shift < 32; shift += 8) out.push_back(static_cast<std::uint8_t>(value >> shift));
}

std::size_t get_number(const std::array<std::uint8_t, 4>& bytes) {
  return std::size_t{bytes[0]} | std::size_t{bytes[1]} << 8 | std::size_t{bytes[2]} << 16 | std::size_t{bytes[3]} << 24;
}

}  // namespace

Bytes to_bytes(const std::string& text) {
  return {text.begin(), text.end()};
}

std::string Frame::text(std::size_t part) const {
  return part < parts.size() ? std::string(parts[part].begin(), parts[part].end()) : std::string();
}

Frame to_frame(const Error& error) {
  return {'E',
          {{static_cast<std::uint8_t>(error.outcome)},
           to_bytes(error.subject),
           to_bytes(error.what),
           to_bytes(error.hint)}};
}

Error to_error(const Frame& frame) {
  Error error;
  if (!frame.parts.empty() && frame.parts[0] == Bytes{static_cast<std::uint8_t>(Outcome::kUsage)})
    error.outcome = Outcome::kUsage;
  error.subject = frame.text(1);
  error.what = frame.text(2);
  error.hint = frame.text(3);
  return error;
}

bool Channel::send_all(ByteView bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Channel::receive_all(std::span<std::uint8_t> bytes) const {
  while (!bytes.empty()) {
    const ssize_t got = ::recv(socket_.get(), bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

bool Channel::send(const Frame& frame) const {
  Bytes out{static_cast<std::uint8_t>(frame.kind)};
  put_number(out, frame.parts.size());
  for (const auto& part : frame.parts) {
    put_number(out, part.size());
    out.insert(out.end(), part.begin(), part.end());
  }
  return send_all(out);
}

bool Channel::receive(Frame& frame) const {
  std::array<std::uint8_t, 1> kind{};
  std::array<std::uint8_t, 4> number{};
  if (!receive_all(kind) || !receive_all(number) || get_number(number) > kMostParts) return false;
  frame.kind = static_cast<char>(kind[0]);
  frame.parts.resize(get_number(number));
  for (auto& part : frame.parts) {
    if (!receive_all(number) || get_number(number) > kMostBytes) return false;
    part.resize(get_number(number));
    if (!receive_all(part)) return false;
  }
  return true;
}

bool wait_readable(int fd, const std::string& doing, const Patience& patience) {
  constexpr auto kMoment = std::chrono::seconds(3);
  const auto start = Clock::now();
  const auto end = start + std::chrono::seconds(patience.seconds);
  bool told = false;
  for (;;) {
    const auto next = told ? end : std::min(end, start + kMoment);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(next - Clock::now()).count();
    pollfd poller{fd, POLLIN, 0};
    const int ready = poll(&poller, 1, static_cast<int>(std::max<long long>(left, 0)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
    if (Clock::now() >= end) return false;
    if (told || Clock::now() < start + kMoment) continue;
    told = true;
    if (patience.notice) patience.notice(doing);
  }
}

Result<Worker> Worker::start(const std::string& name, const std::function<void(Channel&)>& work) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return unknown(name, fmt::format("cannot be started: {}", std::strerror(errno)));
  Channel ours{Descriptor(ends[0])}, theirs{Descriptor(ends[1])};
  const pid_t parent = getpid();
  const pid_t process = fork();
  if (process < 0) return unknown(name, fmt::format("cannot be started: {}", std::strerror(errno)));
  if (process == 0) {
    ours.close();
    // A worker never outlives its parent, even when it hangs.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() == parent) work(theirs);
    _exit(0);
  }
  return Worker(name, process, std::move(ours));
}

Worker::Worker(Worker&& other) noexcept
    : name_(std::move(other.name_)), process_(other.process_), channel_(std::move(other.channel_)) {
  other.process_ = -1;
}

Worker::~Worker() {
  // The worker sees the end and stops. Closing alone would not tell it while a later worker holds a copy of the socket.
  shutdown(channel_.fd(), SHUT_RDWR);
  channel_.close();
  end_soon();
}

// A worker that is told to stop, or that seems to be gone, has a second for it.
int Worker::end_soon() {
  constexpr int kTries = 50;
  constexpr useconds_t kPause = 20000;
  int status = 0;
  for (int i = 0; i < kTries && process_ > 0; ++i) {
    if (waitpid(process_, &status, WNOHANG) != 0) process_ = -1;
    if (process_ > 0) usleep(kPause);
  }
  end(SIGKILL);
  return status;
}

void Worker::end(int signal) {
  if (process_ <= 0) return;
  kill(process_, signal);
  waitpid(process_, nullptr, 0);
  process_ = -1;
}

tl::unexpected<Error> Worker::explain_end() {
  const int status = end_soon();
  if (WIFSIGNALED(status))
    return unknown(name_, fmt::format("crashed (signal {}, {})", WTERMSIG(status), strsignal(WTERMSIG(status))),
                   "nothing was written; this is a defect of the module");
  return unknown(name_, fmt::format("ended without an answer (exit code {})", WEXITSTATUS(status)));
}

Result<Frame> Worker::receive(const std::string& doing, const Patience& patience) {
  if (!wait_readable(channel_.fd(), doing, patience)) {
    end(SIGKILL);
    return unknown(name_, fmt::format("no answer within {} seconds", patience.seconds),
                   "--key-timeout SECONDS waits longer");
  }
  Frame frame;
  if (!channel_.receive(frame)) return explain_end();
  if (frame.kind == 'E') return tl::unexpected(to_error(frame));
  return frame;
}

}  // namespace proofmark::sign
