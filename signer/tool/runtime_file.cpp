// SPDX-License-Identifier: Apache-2.0
//
// See runtime_file.h. libseccomp knows the numbers of both architectures, whatever this machine is.
#include "runtime_file.h"

#include <elf.h>
#include <seccomp.h>

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "proofmark/sign/files.h"

namespace proofmark::sign::tool {
namespace {

using nlohmann::json;

constexpr std::size_t kMostBytes = 1u << 20;
constexpr std::uint64_t kSyscallLimit = 65536;

// By number, as in capabilities(7) and <linux/capability.h>.
constexpr const char* kCapabilities[] = {"CAP_CHOWN",
                                         "CAP_DAC_OVERRIDE",
                                         "CAP_DAC_READ_SEARCH",
                                         "CAP_FOWNER",
                                         "CAP_FSETID",
                                         "CAP_KILL",
                                         "CAP_SETGID",
                                         "CAP_SETUID",
                                         "CAP_SETPCAP",
                                         "CAP_LINUX_IMMUTABLE",
                                         "CAP_NET_BIND_SERVICE",
                                         "CAP_NET_BROADCAST",
                                         "CAP_NET_ADMIN",
                                         "CAP_NET_RAW",
                                         "CAP_IPC_LOCK",
                                         "CAP_IPC_OWNER",
                                         "CAP_SYS_MODULE",
                                         "CAP_SYS_RAWIO",
                                         "CAP_SYS_CHROOT",
                                         "CAP_SYS_PTRACE",
                                         "CAP_SYS_PACCT",
                                         "CAP_SYS_ADMIN",
                                         "CAP_SYS_BOOT",
                                         "CAP_SYS_NICE",
                                         "CAP_SYS_RESOURCE",
                                         "CAP_SYS_TIME",
                                         "CAP_SYS_TTY_CONFIG",
                                         "CAP_MKNOD",
                                         "CAP_LEASE",
                                         "CAP_AUDIT_WRITE",
                                         "CAP_AUDIT_CONTROL",
                                         "CAP_SETFCAP",
                                         "CAP_MAC_OVERRIDE",
                                         "CAP_MAC_ADMIN",
                                         "CAP_SYSLOG",
                                         "CAP_WAKE_ALARM",
                                         "CAP_BLOCK_SUSPEND",
                                         "CAP_AUDIT_READ",
                                         "CAP_PERFMON",
                                         "CAP_BPF",
                                         "CAP_CHECKPOINT_RESTORE"};

Result<std::uint32_t> architecture_of(std::uint16_t machine) {
  if (machine == EM_X86_64) return std::uint32_t{SCMP_ARCH_X86_64};
  if (machine == EM_AARCH64) return std::uint32_t{SCMP_ARCH_AARCH64};
  return usage("", fmt::format("--runtime is for programs of amd64 and arm64 (found machine {})", machine));
}

Result<std::uint64_t> syscall_number(const json& value, std::uint32_t architecture) {
  if (value.is_number_unsigned() && value.get<std::uint64_t>() < kSyscallLimit) return value.get<std::uint64_t>();
  if (!value.is_string())
    return refused(
        "", fmt::format("a system call is no name and no number below {} (found {})", kSyscallLimit, value.dump()));
  const auto name = value.get<std::string>();
  const int number = seccomp_syscall_resolve_name_arch(architecture, name.c_str());
  // Negative: unknown, or a pseudo number for a call that only other architectures have.
  if (number < 0) return refused("", fmt::format("this machine has no system call \"{}\"", name));
  return static_cast<std::uint64_t>(number);
}

Result<void> take_syscalls(const json& list, std::uint16_t machine, Runtime& runtime) {
  const auto architecture = architecture_of(machine);
  if (!architecture) return tl::unexpected(architecture.error());
  for (const auto& value : list) {
    const auto number = syscall_number(value, *architecture);
    if (!number) return tl::unexpected(number.error());
    runtime.syscalls.push_back(*number);
  }
  auto& all = runtime.syscalls;
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  if (!all.empty() && all.size() <= PM_SYSCALLS_MAX) return {};
  return refused("", fmt::format("\"syscalls\" does not fit a mark (expected 1 to {}, found {})",
                                 static_cast<int>(PM_SYSCALLS_MAX), all.size()));
}

Result<void> take_capabilities(const json& list, Runtime& runtime) {
  std::uint64_t bits = 0;
  for (const auto& value : list) {
    const auto* end = std::end(kCapabilities);
    const auto* found = value.is_string() ? std::find(std::begin(kCapabilities), end, value.get<std::string>()) : end;
    if (found == end) return refused("", fmt::format("no capability is called {}", value.dump()));
    bits |= std::uint64_t{1} << (found - std::begin(kCapabilities));
  }
  runtime.capabilities = bits;
  return {};
}

Result<void> take_environment(const json& list, Runtime& runtime) {
  for (const auto& value : list) {
    const std::string name = value.is_string() ? value.get<std::string>() : "";
    const bool printable =
        std::all_of(name.begin(), name.end(), [](unsigned char c) { return c > 0x20 && c <= 0x7e && c != '='; });
    if (name.empty() || name.size() > PM_ENVIRONMENT_NAME_MAX || !printable)
      return refused("", fmt::format("{} is no name of an environment variable that fits a mark", value.dump()));
    if (name.starts_with("LD_"))
      return refused("", fmt::format("\"{}\" steers the dynamic linker: devices never pass it on", name));
    runtime.environment.push_back(name);
  }
  if (!list.empty() && list.size() <= PM_ENVIRONMENT_MAX) return {};
  return refused("", fmt::format("\"environment\" does not fit a mark (expected 1 to {} names, found {})",
                                 static_cast<int>(PM_ENVIRONMENT_MAX), list.size()));
}

Result<void> take(const std::string& key, const json& value, std::uint16_t machine, Runtime& runtime) {
  if (key == "new_privileges") {
    if (!value.is_boolean()) return refused("", "\"new_privileges\" is neither true nor false");
    runtime.flags = value.get<bool>() ? 0u : static_cast<std::uint64_t>(PM_RUNTIME_NO_NEW_PRIVILEGES);
    return {};
  }
  if (key != "syscalls" && key != "capabilities" && key != "environment")
    return refused("", fmt::format("unknown key \"{}\"", key),
                   "known are \"syscalls\", \"capabilities\", \"environment\" and \"new_privileges\"");
  if (!value.is_array()) return refused("", fmt::format("\"{}\" is no list", key));
  if (key == "syscalls") return take_syscalls(value, machine, runtime);
  return key == "capabilities" ? take_capabilities(value, runtime) : take_environment(value, runtime);
}

}  // namespace

Result<Runtime> read_runtime(const std::filesystem::path& path, std::uint16_t machine) {
  const auto text = read_text(path, kMostBytes);
  if (!text) return tl::unexpected(text.error());
  const json document = json::parse(*text, nullptr, false);
  if (!document.is_object()) return refused(path.string(), "is no JSON object");
  Runtime runtime;
  runtime.flags = PM_RUNTIME_NO_NEW_PRIVILEGES;
  for (const auto& [key, value] : document.items()) {
    if (auto done = take(key, value, machine, runtime); !done) {
      Error error = done.error();
      error.subject = path.string();
      return tl::unexpected(std::move(error));
    }
  }
  return runtime;
}

}  // namespace proofmark::sign::tool
