// SPDX-License-Identifier: Apache-2.0
//
// See side_thread.h. The semaphores hand `work_` over, so at any time one side owns it.
#include "side_thread.h"

namespace proofmark::sign {

SideThread::SideThread() : thread_([this] { run(); }) {}

SideThread::~SideThread() {
  work_ = nullptr;
  given_.release();
}

void SideThread::start(std::function<void()> work) {
  work_ = std::move(work);
  given_.release();
}

void SideThread::wait() {
  finished_.acquire();
}

void SideThread::run() {
  for (given_.acquire(); work_; given_.acquire()) {
    work_();
    finished_.release();
  }
}

}  // namespace proofmark::sign
