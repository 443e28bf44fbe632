// SPDX-License-Identifier: Apache-2.0
//
// See tree_progress.h.
#include "tree_progress.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>

#include <fmt/format.h>

namespace proofmark::sign::tool {

std::string progress_text(std::uint64_t done, std::uint64_t total, std::uint64_t bytes, double seconds) {
  constexpr double kMegabyte = 1e6;
  std::string text = fmt::format("[{}/{}] files read, {:.0f} MB", done, total, static_cast<double>(bytes) / kMegabyte);
  if (done == 0 || done >= total || seconds < 1) return text;
  const double left = seconds * static_cast<double>(total - done) / static_cast<double>(done);
  return text + fmt::format(", {:.0f} s left", left);
}

ProgressLine::ProgressLine(const TreeProgress& progress) {
  if (::isatty(STDERR_FILENO) != 0) thread_ = std::thread([this, &progress] { draw(progress); });
}

ProgressLine::~ProgressLine() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
  }
  ended_.notify_one();
  thread_.join();
  fmt::print(stderr, "\r\033[K");
}

void ProgressLine::draw(const TreeProgress& progress) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::milliseconds kInterval(200);
  const auto start = Clock::now();
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, kInterval, [this] { return end_; })) {
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    // To the end of the line: the last one may have been longer.
    fmt::print(stderr, "\r{}\033[K",
               progress_text(progress.files_done, progress.files_total, progress.bytes_done, seconds));
    std::fflush(stderr);
  }
}

}  // namespace proofmark::sign::tool
