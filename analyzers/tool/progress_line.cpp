// SPDX-License-Identifier: Apache-2.0
//
// Progress; see progress_line.h.
#include "tool/progress_line.h"

#include <cstdio>

#include <unistd.h>

#include <fmt/format.h>

namespace proofmark::analyze {
namespace {

std::string in_words(double seconds) {
  constexpr unsigned kMinute = 60;
  const auto whole = static_cast<unsigned>(seconds + 0.5);
  if (whole < kMinute) return fmt::format("{} s", whole);
  return fmt::format("{} min {} s", whole / kMinute, whole % kMinute);
}

}  // namespace

std::string progress_line(const Progress& progress, std::chrono::seconds elapsed) {
  std::string line = fmt::format("[{}/{}] units analysed", progress.done, progress.total);
  constexpr double kEnough = 0.02;  // of the whole
  const bool known = progress.cost_done > kEnough * progress.cost_total && progress.done < progress.total;
  if (!known || elapsed.count() == 0) return line;
  const double left = (progress.cost_total - progress.cost_done) / progress.cost_done;
  return line + ", " + in_words(left * static_cast<double>(elapsed.count())) + " left";
}

std::function<void(const Progress&)> terminal_progress() {
  if (::isatty(STDERR_FILENO) == 0) return {};
  const auto start = std::chrono::steady_clock::now();
  return [start](const Progress& progress) {
    const auto elapsed = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start);
    // To the end of the line: the last one may have been longer.
    fmt::print(stderr, "\r{}\033[K{}", progress_line(progress, elapsed), progress.done == progress.total ? "\n" : "");
  };
}

}  // namespace proofmark::analyze
