// SPDX-License-Identifier: Apache-2.0
//
// Foreign code at arm's length. A PKCS #11 module is a vendor's library that runs in whoever loads it, and may crash, hang or
// write where it likes; so it is loaded by a forked worker, and what comes back is bytes over a socket, which can be
// checked. The output of `sign` is in the hands of the parent alone.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

#include "proofmark/sign/files.h"
#include "proofmark/sign/key_source.h"

namespace proofmark::sign {

// One message of either side: what it is, and its parts.
struct Frame {
  char kind = 0;
  std::vector<Bytes> parts;

  Frame() = default;
  Frame(char of_kind, std::vector<Bytes> with_parts) : kind(of_kind), parts(std::move(with_parts)) {}
  std::string text(std::size_t part) const;
};

Bytes to_bytes(const std::string& text);
Frame to_frame(const Error& error);  // kind 'E'
Error to_error(const Frame& frame);

// A stream socket that carries frames. Nothing is believed about the other side: sizes are bounded, ends are errors.
class Channel {
 public:
  explicit Channel(Descriptor socket) : socket_(std::move(socket)) {}
  bool send(const Frame& frame) const;
  // False when the other side is gone or sends what is no frame.
  bool receive(Frame& frame) const;
  int fd() const { return socket_.get(); }
  void close() { socket_.close(); }

 private:
  bool send_all(ByteView bytes) const;
  bool receive_all(std::span<std::uint8_t> bytes) const;
  Descriptor socket_;
};

class Worker {
 public:
  // Runs `work` in a forked process; it ends when `work` returns. `name` is what messages call it.
  static Result<Worker> start(const std::string& name, const std::function<void(Channel&)>& work);
  Worker(Worker&& other) noexcept;
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker();

  bool send(const Frame& frame) const { return channel_.send(frame); }
  // The next frame. An 'E' frame, a worker that crashed and one that gives no answer are errors. `doing` is told to a user
  // who has to wait for more than a moment.
  Result<Frame> receive(const std::string& doing, const Patience& patience);

 private:
  Worker(std::string name, pid_t process, Channel channel)
      : name_(std::move(name)), process_(process), channel_(std::move(channel)) {}
  tl::unexpected<Error> explain_end();
  int end_soon();  // the wait status
  void end(int signal);
  std::string name_;
  pid_t process_;
  Channel channel_;
};

// Waits until `fd` can be read. False after `patience.seconds`; after a moment it gives notice.
bool wait_readable(int fd, const std::string& doing, const Patience& patience);

}  // namespace proofmark::sign
