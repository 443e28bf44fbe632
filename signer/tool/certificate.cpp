// SPDX-License-Identifier: Apache-2.0
//
// X.509 certificates, on the host only: the key is taken, everything else is shown to the person who imports it and goes no
// further. A device has no clock for validity and no use for a chain.
#include "certificate.h"

#include <mbedtls/error.h>
#include <mbedtls/x509_crt.h>

#include <fmt/format.h>

#include "proofmark/sign/files.h"

namespace proofmark::sign::tool {
namespace {

constexpr std::size_t kMaxSize = 65536;

class Parsed {
 public:
  Parsed() { mbedtls_x509_crt_init(&crt); }
  ~Parsed() { mbedtls_x509_crt_free(&crt); }
  Parsed(const Parsed&) = delete;
  Parsed& operator=(const Parsed&) = delete;
  mbedtls_x509_crt crt;
};

std::string name_of(const mbedtls_x509_name& name) {
  std::string text(1024, '\0');
  const int size = mbedtls_x509_dn_gets(text.data(), text.size(), &name);
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return text;
}

std::string mbedtls_text(int status) {
  std::string text(128, '\0');
  mbedtls_strerror(status, text.data(), text.size());
  return fmt::format("mbedTLS says: {}", text.c_str());
}

std::string time_of(const mbedtls_x509_time& time) {
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC", time.year, time.mon, time.day, time.hour, time.min,
                     time.sec);
}

}  // namespace

Result<Certificate> read_certificate(const std::filesystem::path& path) {
  const auto text = read_text(path, kMaxSize);
  if (!text) return tl::unexpected(text.error());
  Parsed parsed;
  const bool pem = text->find("-----BEGIN CERTIFICATE-----") != std::string::npos;
  // For PEM, mbedTLS wants the terminating zero counted.
  const int status = mbedtls_x509_crt_parse(&parsed.crt, reinterpret_cast<const unsigned char*>(text->c_str()),
                                            text->size() + (pem ? 1 : 0));
  if (status != 0)
    return unknown(path.string(), "not an X.509 certificate in PEM or DER", status < 0 ? mbedtls_text(status) : "");
  if (parsed.crt.next != nullptr)
    return usage(path.string(), "holds several certificates (expected one)",
                 "cut out the one whose key is to be trusted");
  auto key = PublicKey::from_spki({parsed.crt.pk_raw.p, parsed.crt.pk_raw.len}, path.string());
  if (!key) return tl::unexpected(key.error());
  Certificate certificate;
  certificate.key = std::move(*key);
  certificate.subject = name_of(parsed.crt.subject);
  certificate.issuer = name_of(parsed.crt.issuer);
  certificate.valid_from = time_of(parsed.crt.valid_from);
  certificate.valid_to = time_of(parsed.crt.valid_to);
  certificate.authority = parsed.crt.MBEDTLS_PRIVATE(ca_istrue) != 0;
  return certificate;
}

}  // namespace proofmark::sign::tool
