// SPDX-License-Identifier: Apache-2.0
//
// Scripts, kernel modules with the kernel's own signature, and programs signed for UEFI Secure Boot: the first run into the
// mark, the others have a signature that must be the last thing in the file. A detached mark is in nobody's way.
#include "readers_of_ends.h"

#include <algorithm>

#include <fmt/format.h>

namespace proofmark::sign::tool {
namespace {

void warn(const std::string& name, const char* what) {
  fmt::print(stderr, "proofmark: warning: {}: {}\n", name, what);
}

bool is_open_script(const Bytes& start, const std::string& tail) {
  if (start.size() < 2 || start[0] != '#' || start[1] != '!') return false;
  const std::size_t text_end = tail.find_last_not_of('\n');
  const std::size_t line_end = text_end == std::string::npos ? 0 : tail.rfind('\n', text_end);
  const std::size_t last_line = line_end == std::string::npos ? 0 : line_end + 1;
  return !tail.ends_with('\n') || !tail.substr(last_line).starts_with("exit");
}

std::uint32_t number(const Bytes& bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | bytes[at + i];
  return value;
}

// PE/COFF (Microsoft's specification, "Optional Header"): the fifth data directory is the table of certificates.
bool has_certificates(const Bytes& start) {
  constexpr std::size_t kOffsetOfPe = 60, kSignature = 4, kFileHeader = 20, kDirectory = 8, kCertificates = 4;
  if (start.size() < kOffsetOfPe + 4 || start[0] != 'M' || start[1] != 'Z') return false;
  const std::size_t optional = std::size_t{number(start, kOffsetOfPe, 4)} + kSignature + kFileHeader;
  if (optional + 2 > start.size() || number(start, optional - kFileHeader - kSignature, 4) != 0x4550) return false;
  const std::size_t directories = number(start, optional, 2) == 0x20b ? 112 : 96;
  const std::size_t entry = optional + directories + kCertificates * kDirectory;
  return entry + kDirectory <= start.size() && number(start, optional + directories - 4, 4) > kCertificates &&
         number(start, entry + 4, 4) != 0;
}

}  // namespace

Result<void> warn_about_readers(const std::string& name, const InputFile& file) {
  constexpr std::uint64_t kStart = 4096, kTail = 256;
  constexpr std::string_view kModuleMagic = "~Module signature appended~\n";
  const auto start = file.read(0, static_cast<std::size_t>(std::min(file.size(), kStart)));
  if (!start) return tl::unexpected(start.error());
  const std::uint64_t tail_size = std::min(file.size(), kTail);
  const auto end = file.read(file.size() - tail_size, static_cast<std::size_t>(tail_size));
  if (!end) return tl::unexpected(end.error());
  const std::string tail(end->begin(), end->end());
  if (is_open_script(*start, tail))
    warn(name, "a script that does not end in exit runs into its mark; use --detached, or end it with exit");
  if (tail.ends_with(kModuleMagic))
    warn(name, "the kernel no longer finds its own signature of a module behind which there is a mark; use --detached");
  if (has_certificates(*start))
    warn(name, "the mark would end the UEFI Secure Boot signature that the file carries; use --detached");
  return {};
}

}  // namespace proofmark::sign::tool
