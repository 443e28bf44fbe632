// SPDX-License-Identifier: Apache-2.0
//
// One more thread, for work that can go on while its caller does something else: hashing what is being written.
#pragma once

#include <functional>
#include <semaphore>
#include <thread>

namespace proofmark::sign {

class SideThread {
 public:
  SideThread();
  SideThread(const SideThread&) = delete;
  SideThread& operator=(const SideThread&) = delete;
  ~SideThread();

  // Runs `work` beside the caller, who waits for it before the next start.
  void start(std::function<void()> work);
  void wait();

 private:
  void run();

  std::function<void()> work_;  // empty: no more
  std::binary_semaphore given_{0}, finished_{0};
  std::jthread thread_;
};

}  // namespace proofmark::sign
