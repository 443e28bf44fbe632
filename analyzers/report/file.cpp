// SPDX-License-Identifier: Apache-2.0
//
// Whole-file input and output over POSIX calls, because their errors can be named and a rename is atomic.
#include "report/file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <set>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace proofmark::report {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }

 private:
  int fd_;
};

tl::unexpected<Error> system_error(const std::filesystem::path& file, std::string_view what) {
  const int code = errno;
  return tl::unexpected(Error{fmt::format("{}: {}: {}", file.string(), what, std::strerror(code)), {}});
}

Result<std::string> read_all(int fd, std::size_t size, const std::filesystem::path& file) {
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = read(fd, bytes.data() + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(file, "can't read");
    if (got == 0) break;  // the file shrank meanwhile: what is there is what we judge
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

Result<void> write_all(int fd, std::string_view content, const std::filesystem::path& file) {
  while (!content.empty()) {
    const ssize_t put = write(fd, content.data(), content.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return system_error(file, "can't write");
    content.remove_prefix(static_cast<std::size_t>(put));
  }
  return {};
}

// What a path names, for the message when it is not a regular file.
std::string_view kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
  if (S_ISFIFO(mode)) return "a pipe";
  return "a special file";
}

// What a strict reader adds to the library's parser: the first key that an object has twice.
class Keys {
 public:
  bool see(nlohmann::json::parse_event_t event, const nlohmann::json& value) {
    using Event = nlohmann::json::parse_event_t;
    if (event == Event::object_start) open_.emplace_back();
    if (event == Event::object_end) open_.pop_back();
    if (event == Event::key && !open_.back().insert(value.get<std::string>()).second && repeated_.empty())
      repeated_ = describe_json(value);
    return true;
  }
  const std::string& repeated() const { return repeated_; }

 private:
  std::vector<std::set<std::string>> open_;
  std::string repeated_;
};

// Depth at which the brackets outside strings nest, up to `limit`.
std::size_t nesting(std::string_view text, std::size_t limit) {
  std::size_t depth = 0, deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size() && deepest < limit; ++i) {
    const char c = text[i];
    if (c == '"') in_string = !in_string;
    if (in_string && c == '\\') ++i;
    if (in_string) continue;
    if (c == '[' || c == '{') deepest = std::max(deepest, ++depth);
    if ((c == ']' || c == '}') && depth != 0) --depth;
  }
  return deepest;
}

Result<nlohmann::json> parse(std::string_view text, const std::string& origin,
                             const nlohmann::json::parser_callback_t& callback) {
  // The library parses without recursion but writes with it; no file of ours is deeper than ten.
  constexpr std::size_t kMaxNesting = 100;
  if (nesting(text, kMaxNesting + 1) > kMaxNesting)
    return tl::unexpected(Error{fmt::format("{}: JSON is nested deeper than {}", origin, kMaxNesting), {}});
  try {
    return nlohmann::json::parse(text, callback);
  } catch (const nlohmann::json::parse_error& error) {
    // what() repeats the library's own error number and position; keep "at line L, column C: ..." only.
    std::string_view what = error.what();
    if (const auto at = what.find("at line"); at != std::string_view::npos) what.remove_prefix(at);
    return tl::unexpected(Error{fmt::format("{}: not valid JSON {}", origin, what), {}});
  }
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& file, std::size_t max_bytes) {
  // O_NONBLOCK: opening a pipe that nobody writes to must fail below, not hang here.
  const Descriptor fd(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd.valid()) return system_error(file, "can't open");
  struct stat status;
  if (fstat(fd.get(), &status) != 0) return system_error(file, "can't examine");
  if (!S_ISREG(status.st_mode)) {
    return tl::unexpected(Error{
        fmt::format("{}: can't be read (expected a regular file, found {})", file.string(), kind_of(status.st_mode)),
        {}});
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > max_bytes) {
    return tl::unexpected(Error{
        fmt::format("{}: file is too large (expected at most {} bytes, found {})", file.string(), max_bytes, size),
        {}});
  }
  return read_all(fd.get(), size, file);
}

Result<nlohmann::json> parse_json(std::string_view text, const std::string& origin) {
  return parse(text, origin, nullptr);
}

Result<nlohmann::json> parse_json_unique(std::string_view text, const std::string& origin) {
  Keys keys;
  auto json = parse(text, origin, [&keys](int, nlohmann::json::parse_event_t event, const nlohmann::json& value) {
    return keys.see(event, value);
  });
  if (!json || keys.repeated().empty()) return json;
  return tl::unexpected(Error{fmt::format("{}: an object has the key {} twice", origin, keys.repeated()), {}});
}

std::string describe_json(const nlohmann::json& value) {
  constexpr std::size_t kMaxLength = 80;
  if (value.is_array()) return value.empty() ? "an empty array" : "an array";
  if (value.is_object()) return value.empty() ? "an empty object" : "an object";
  const std::string text = value.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  return text.size() <= kMaxLength ? text : text.substr(0, kMaxLength) + "...";
}

Result<nlohmann::json> read_json(const std::filesystem::path& file) {
  auto text = read_file(file);
  if (!text) return tl::unexpected(text.error());
  return parse_json(*text, file.string());
}

namespace {

// Without a mode the umask decides.
Result<void> replace_file(const std::filesystem::path& file, std::string_view content, std::optional<mode_t> mode) {
  std::string temporary = file.string() + ".XXXXXX";
  {
    const Descriptor fd(mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd.valid()) return system_error(file, "can't create");
    auto written = write_all(fd.get(), content, file);
    const mode_t mask = umask(0);
    umask(mask);
    if (written && fchmod(fd.get(), mode.value_or(0666 & ~mask)) != 0) written = system_error(file, "can't set mode");
    if (!written) {
      unlink(temporary.c_str());
      return written;
    }
  }
  if (rename(temporary.c_str(), file.c_str()) == 0) return {};
  auto failed = system_error(file, "can't replace");
  unlink(temporary.c_str());
  return failed;
}

bool is_ours_alone(const struct stat& status) {
  return status.st_uid == geteuid() && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

}  // namespace

// mkostemp makes files private; a report is for everyone whom the umask lets read it.
Result<void> write_file(const std::filesystem::path& file, std::string_view content) {
  return replace_file(file, content, std::nullopt);
}

Result<void> write_private_file(const std::filesystem::path& file, std::string_view content) {
  return replace_file(file, content, S_IRUSR | S_IWUSR);
}

std::optional<std::string> read_private_file(const std::filesystem::path& file, std::size_t max_bytes) {
  const Descriptor fd(open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  struct stat status{};
  const bool sound = fd.valid() && fstat(fd.get(), &status) == 0 && S_ISREG(status.st_mode) && is_ours_alone(status) &&
                     static_cast<std::size_t>(status.st_size) <= max_bytes;
  if (!sound) return std::nullopt;
  auto bytes = read_all(fd.get(), static_cast<std::size_t>(status.st_size), file);
  if (!bytes) return std::nullopt;
  return std::move(*bytes);
}

bool make_private_directory(const std::filesystem::path& directory) {
  std::error_code error;
  if (!std::filesystem::exists(directory, error)) {
    std::filesystem::create_directories(directory.parent_path(), error);
    if (mkdir(directory.c_str(), S_IRWXU) != 0 && errno != EEXIST) return false;
  }
  struct stat status{};
  return lstat(directory.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && is_ours_alone(status);
}

std::string dump_json(const nlohmann::json& json) {
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

Result<std::string> required_string(const nlohmann::json& object, const char* key, std::string_view origin) {
  const auto member = object.is_object() ? object.find(key) : object.end();
  if (!object.is_object() || member == object.end()) {
    return tl::unexpected(Error{fmt::format("{}: \"{}\" is missing", origin, key), {}});
  }
  if (!member->is_string() || member->get_ref<const std::string&>().empty()) {
    return tl::unexpected(Error{fmt::format("{}: \"{}\" is not a text (expected a non-empty string, found {})", origin,
                                            key, describe_json(*member)),
                                {}});
  }
  return member->get<std::string>();
}

bool lies_below(const std::filesystem::path& file, const std::filesystem::path& folder) {
  const std::filesystem::path top = folder.has_filename() ? folder : folder.parent_path();  // without a last slash
  const auto [end, rest] = std::mismatch(top.begin(), top.end(), file.begin(), file.end());
  return end == top.end() && rest != file.end();
}

}  // namespace proofmark::report
