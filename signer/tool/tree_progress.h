// SPDX-License-Identifier: Apache-2.0
//
// Shows on a terminal how far the reading of a tree has come. Nothing is written where standard error is no terminal.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "proofmark/sign/tree.h"

namespace proofmark::sign::tool {

// What the line says; `seconds` have passed.
std::string progress_text(std::uint64_t done, std::uint64_t total, std::uint64_t bytes, double seconds);

// Draws until it is destroyed.
class ProgressLine {
 public:
  explicit ProgressLine(const TreeProgress& progress);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

 private:
  void draw(const TreeProgress& progress);
  std::mutex mutex_;
  std::condition_variable ended_;
  bool end_ = false;
  std::thread thread_;
};

}  // namespace proofmark::sign::tool
