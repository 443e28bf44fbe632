// SPDX-License-Identifier: Apache-2.0
//
// See helper.h.
#include "helper.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>

#include <fmt/format.h>

#include "foreign.h"

namespace proofmark::sign {
namespace {

using Clock = std::chrono::steady_clock;

// The program and whatever it starts, one process group; ended when this goes away.
class Child {
 public:
  explicit Child(pid_t process) : process_(process) {}
  ~Child() {
    kill(-process_, SIGKILL);
    if (!ended_) waitpid(process_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // The wait status, or nothing while it runs at `end`.
  std::optional<int> wait_until(Clock::time_point end) {
    constexpr useconds_t kPause = 5000;
    for (int status = 0;;) {
      if (waitpid(process_, &status, WNOHANG) == process_) return ended_ = true, status;
      if (Clock::now() >= end) return std::nullopt;
      usleep(kPause);
    }
  }

 private:
  pid_t process_;
  bool ended_ = false;
};

// The input in a memory file: nobody has to feed a pipe while the program is slow to read, or never does.
Result<Descriptor> as_file(ByteView input, const std::string& program) {
  Descriptor file(memfd_create("proofmark-to-be-signed", MFD_CLOEXEC));
  std::size_t done = 0;
  while (file.get() >= 0 && done < input.size()) {
    const ssize_t written = write(file.get(), input.data() + done, input.size() - done);
    if (written <= 0) break;
    done += static_cast<std::size_t>(written);
  }
  if (file.get() < 0 || done < input.size() || lseek(file.get(), 0, SEEK_SET) != 0)
    return unknown(program, fmt::format("the input cannot be handed over: {}", std::strerror(errno)));
  return file;
}

[[noreturn]] void become(const std::string& program, const std::vector<std::string>& arguments, int input, int output,
                         int trouble) {
  std::vector<char*> words = {const_cast<char*>(program.c_str())};
  for (const auto& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  setpgid(0, 0);
  if (dup2(input, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0) execvp(program.c_str(), words.data());
  const int reason = errno;
  [[maybe_unused]] const auto told = write(trouble, &reason, sizeof reason);
  _exit(127);
}

// All of standard output, `most` bytes at most.
Result<Bytes> read_all(int fd, std::size_t most, const std::string& program, const Patience& patience,
                       Clock::time_point end) {
  Bytes output;
  Patience left = patience;
  for (;;) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(end - Clock::now()).count() + 1;
    left.seconds = static_cast<unsigned>(std::max<long long>(seconds, 0));
    if (Clock::now() >= end || !wait_readable(fd, fmt::format("waiting for {}", program), left))
      return unknown(program, fmt::format("no answer within {} seconds", patience.seconds),
                     "--key-timeout SECONDS waits longer");
    std::array<std::uint8_t, 4096> piece{};
    const ssize_t got = read(fd, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return output;
    output.insert(output.end(), piece.begin(), piece.begin() + got);
    if (output.size() > most)
      return unknown(program, fmt::format("answers too much (expected at most {} bytes)", most));
    left.notice = nullptr;
  }
}

Result<void> check_end(const std::optional<int>& status, const std::string& program, const Patience& patience) {
  if (!status)
    return unknown(program, fmt::format("does not end within {} seconds", patience.seconds),
                   "--key-timeout SECONDS waits longer");
  if (WIFSIGNALED(*status))
    return unknown(program, fmt::format("crashed (signal {}, {})", WTERMSIG(*status), strsignal(WTERMSIG(*status))));
  if (WEXITSTATUS(*status) != 0) return unknown(program, fmt::format("failed (exit code {})", WEXITSTATUS(*status)));
  return {};
}

class HelperSigner final : public Signer {
 public:
  HelperSigner(std::string program, PublicKey key, Patience patience)
      : program_(std::move(program)), key_(std::move(key)), patience_(std::move(patience)) {}
  const PublicKey& public_key() const override { return key_; }
  Result<Bytes> sign(ByteView message) const override {
    const auto signature = run_helper(program_, {"sign", algorithm_name(key_.algorithm), to_hex(key_.id)}, message,
                                      PM_SIGNATURE_MAX_SIZE, patience_);
    if (!signature) return signature;
    return checked_signature(key_, message, *signature, program_);
  }

 private:
  std::string program_;
  PublicKey key_;
  Patience patience_;
};

}  // namespace

Result<Bytes> run_helper(const std::string& program, const std::vector<std::string>& arguments, ByteView input,
                         std::size_t most, const Patience& patience) {
  const auto end = Clock::now() + std::chrono::seconds(patience.seconds);
  const auto file = as_file(input, program);
  if (!file) return tl::unexpected(file.error());
  std::array<int, 2> output{}, trouble{};
  if (pipe2(output.data(), O_CLOEXEC) != 0)
    return unknown(program, fmt::format("cannot be started: {}", std::strerror(errno)));
  const Descriptor from(output[0]);
  Descriptor to(output[1]);
  if (pipe2(trouble.data(), O_CLOEXEC) != 0)
    return unknown(program, fmt::format("cannot be started: {}", std::strerror(errno)));
  const Descriptor trouble_from(trouble[0]);
  Descriptor trouble_to(trouble[1]);
  const pid_t process = fork();
  if (process < 0) return unknown(program, fmt::format("cannot be started: {}", std::strerror(errno)));
  if (process == 0) become(program, arguments, file->get(), to.get(), trouble_to.get());
  setpgid(process, process);  // whoever comes first: it must be there before it can be ended
  to.close();
  trouble_to.close();
  Child child(process);
  int reason = 0;
  if (read(trouble_from.get(), &reason, sizeof reason) == sizeof reason)
    return unknown(program, fmt::format("cannot be started: {}", std::strerror(reason)));
  auto answer = read_all(from.get(), most, program, patience, end);
  if (!answer) return answer;
  if (auto done = check_end(child.wait_until(end), program, patience); !done) return tl::unexpected(done.error());
  return answer;
}

Result<PublicKey> helper_public_key(const std::string& program, const Patience& patience) {
  constexpr std::size_t kMostBytes = 65536;
  const auto answer = run_helper(program, {"public-key"}, {}, kMostBytes, patience);
  if (!answer) return tl::unexpected(answer.error());
  return public_key_from_pem({answer->begin(), answer->end()}, program);
}

std::unique_ptr<Signer> helper_signer(const std::string& program, PublicKey key, const Patience& patience) {
  return std::make_unique<HelperSigner>(program, std::move(key), patience);
}

}  // namespace proofmark::sign
