// SPDX-License-Identifier: Apache-2.0
//
// The HTTP cache; see http_cache.h.
#include "tool/http_cache.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include <curl/curl.h>
#include <fmt/format.h>

#include "report/digest.h"
#include "report/hmac.h"
#include "tool/action_result.h"

namespace proofmark::analyze {
namespace {

constexpr long kConnectTimeoutMs = 2000;
constexpr long kTimeoutMs = 10000;  // for a blob of some ten kilobytes
constexpr curl_off_t kSlowUs = 2'000'000;
constexpr int kMaxSlowAnswers = 3;
constexpr size_t kMaxActionBytes = size_t{64} << 10;
constexpr long kFound = 200, kCreated = 201, kNoContent = 204, kNotFound = 404;

// A body on its way in, up to a limit: a hostile server may send without end.
struct Inbox {
  std::string bytes;
  size_t limit = 0;
};

size_t take_in(char* data, size_t one, size_t count, void* inbox) {
  auto& into = *static_cast<Inbox*>(inbox);
  if (count > into.limit - into.bytes.size()) return 0;
  into.bytes.append(data, one * count);
  return count;
}

size_t hand_out(char* buffer, size_t one, size_t count, void* outbox) {
  auto& left = *static_cast<std::string_view*>(outbox);
  const size_t size = std::min(left.size(), one * count);
  std::memcpy(buffer, left.data(), size);
  left.remove_prefix(size);
  return size;
}

// What may be shown of an address: no password.
std::string shown(const std::string& address) {
  const size_t host = address.find("//") + 2;
  const size_t at = address.find('@', host);
  return at < address.find('/', host) ? address.substr(0, host) + address.substr(at + 1) : address;
}

class HttpCache : public RemoteCache {
 public:
  HttpCache(std::string address, std::string secret)
      : address_(std::move(address)), secret_(std::move(secret)), curl_(::curl_easy_init(), ::curl_easy_cleanup) {
    while (address_.ends_with('/')) address_.pop_back();
  }

  std::optional<std::string> read(const EntryName& name) override {
    const auto action = get("/ac/" + action_name(name), kMaxActionBytes);
    if (!action) return std::nullopt;
    const auto file = decode_action_result(*action, entry_kind_name(name.kind));
    if (!file || file->size > kMaxEntryBytes) return doubt("an entry that is no action result");
    const auto blob = get("/cas/" + file->sha256, file->size);
    if (!blob) return std::nullopt;
    if (report::sha256_hex(*blob) != file->sha256) return doubt("a blob that has not the hash of its name");
    const auto content = open_entry(name, *blob, secret_);
    if (!content) return doubt("an entry that was not made with this key");
    return std::string(*content);
  }

  void write(const EntryName& name, std::string_view content) override {
    const std::string blob = seal_entry(name, content, secret_);
    const OutputFile file{std::string(entry_kind_name(name.kind)), report::sha256_hex(blob), blob.size()};
    // The blob first: a name never leads to what is not there yet.
    if (put("/cas/" + file.sha256, blob)) put("/ac/" + action_name(name), encode_action_result(file));
  }

 private:
  // Nobody without the key can tell which unit an entry is about.
  std::string action_name(const EntryName& name) const {
    return report::hmac_sha256_hex(secret_, fmt::format("{} {}", entry_kind_name(name.kind), name.key));
  }

  void prepare(const std::string& path) {
    ::curl_easy_reset(curl_.get());
    ::curl_easy_setopt(curl_.get(), CURLOPT_URL, (address_ + path).c_str());
    ::curl_easy_setopt(curl_.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    ::curl_easy_setopt(curl_.get(), CURLOPT_FOLLOWLOCATION, 0L);  // it could lead anywhere in the network
    ::curl_easy_setopt(curl_.get(), CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
    ::curl_easy_setopt(curl_.get(), CURLOPT_TIMEOUT_MS, kTimeoutMs);
    ::curl_easy_setopt(curl_.get(), CURLOPT_USERAGENT, "proofmark/" PROOFMARK_VERSION);
    ::curl_easy_setopt(curl_.get(), CURLOPT_WRITEFUNCTION, take_in);
  }

  // The status; 0 when there was no answer, and the server is given up.
  long perform() {
    const CURLcode code = ::curl_easy_perform(curl_.get());
    long status = 0;
    ::curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OK && !is_too_slow()) return status;
    if (code == CURLE_OK) {
      give_up("is slow");
      return 0;
    }
    give_up(code == CURLE_WRITE_ERROR ? "sends more than it should" : ::curl_easy_strerror(code));
    return 0;
  }

  // A server that answers each time just before the time-out would cost more than all analyses.
  bool is_too_slow() {
    curl_off_t took_us = 0;
    ::curl_easy_getinfo(curl_.get(), CURLINFO_TOTAL_TIME_T, &took_us);
    if (took_us > kSlowUs) ++slow_answers_;
    return slow_answers_ >= kMaxSlowAnswers;
  }

  std::optional<std::string> get(const std::string& path, size_t limit) {
    if (given_up_) return std::nullopt;
    prepare(path);
    Inbox inbox{"", limit};
    ::curl_easy_setopt(curl_.get(), CURLOPT_WRITEDATA, &inbox);
    const long status = perform();
    if (status == kFound) return std::move(inbox.bytes);
    if (status != kNotFound && status != 0) give_up(fmt::format("answers {}", status));
    return std::nullopt;
  }

  bool put(const std::string& path, std::string_view body) {
    if (given_up_) return false;
    prepare(path);
    Inbox inbox{"", kMaxActionBytes};
    const std::unique_ptr<curl_slist, decltype(&::curl_slist_free_all)> headers(
        ::curl_slist_append(nullptr, "Expect:"), ::curl_slist_free_all);  // no second round trip for a small body
    ::curl_easy_setopt(curl_.get(), CURLOPT_HTTPHEADER, headers.get());
    ::curl_easy_setopt(curl_.get(), CURLOPT_UPLOAD, 1L);
    ::curl_easy_setopt(curl_.get(), CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body.size()));
    ::curl_easy_setopt(curl_.get(), CURLOPT_READFUNCTION, hand_out);
    ::curl_easy_setopt(curl_.get(), CURLOPT_READDATA, &body);
    ::curl_easy_setopt(curl_.get(), CURLOPT_WRITEDATA, &inbox);
    const long status = perform();
    if (status == kFound || status == kCreated || status == kNoContent) return true;
    if (status != 0) give_up(fmt::format("answers {} when written to", status));
    return false;
  }

  void give_up(const std::string& why) {
    given_up_ = true;
    fmt::print(stderr, "proofmark: warning: {}: {}; the check goes on without it\n", shown(address_), why);
  }

  // Said once; the entry is as good as none.
  std::optional<std::string> doubt(const char* what) {
    if (!doubted_) fmt::print(stderr, "proofmark: warning: {}: {} is not believed\n", shown(address_), what);
    doubted_ = true;
    return std::nullopt;
  }

  std::string address_, secret_;
  std::unique_ptr<CURL, decltype(&::curl_easy_cleanup)> curl_;
  bool given_up_ = false, doubted_ = false;
  int slow_answers_ = 0;
};

}  // namespace

bool is_http_address(const std::string& place) {
  return place.starts_with("http://") || place.starts_with("https://");
}

std::unique_ptr<RemoteCache> make_http_cache(const std::string& address, std::string secret) {
  return std::make_unique<HttpCache>(address, std::move(secret));
}

}  // namespace proofmark::analyze
