// SPDX-License-Identifier: Apache-2.0
//
// The key in a token: found by label and id, its public half read from whatever object holds it, and used.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <mbedtls/asn1.h>

#include "foreign.h"
#include "pkcs11_module.h"
#include "proofmark/sign/digest.h"

namespace proofmark::sign {
namespace {

constexpr std::size_t kMostObjects = 16;
// DER of the curve's object identifier, as CKA_EC_PARAMS holds it.
constexpr std::array<std::uint8_t, 10> kP256 = {0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
constexpr std::array<std::uint8_t, 7> kP384 = {0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22};

CK_ATTRIBUTE entry(CK_ATTRIBUTE_TYPE type, const void* value, std::size_t size) {
  return {type, const_cast<void*>(value), size};
}

std::string printable(const Bytes& bytes) {
  std::string text(bytes.begin(), bytes.end());
  std::replace_if(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c > 0x7e; }, '?');
  return text;
}

// CKA_EC_POINT is an OCTET STRING around the point; some modules leave the wrapping out.
ByteView unwrapped(const Bytes& point) {
  const bool wrapped = point.size() > 2 && point[0] == MBEDTLS_ASN1_OCTET_STRING && point[1] == point.size() - 2;
  return wrapped ? ByteView(point).subspan(2) : ByteView(point);
}

}  // namespace

Bytes Pkcs11Module::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
  constexpr std::size_t kLargest = 16384;
  CK_ATTRIBUTE wanted = {type, nullptr, 0};
  if (functions_->C_GetAttributeValue(session_, object, &wanted, 1) != CKR_OK || wanted.ulValueLen > kLargest)
    return {};
  Bytes value(wanted.ulValueLen);
  wanted.pValue = value.data();
  if (functions_->C_GetAttributeValue(session_, object, &wanted, 1) != CKR_OK || wanted.ulValueLen > value.size())
    return {};
  value.resize(wanted.ulValueLen);
  return value;
}

unsigned long Pkcs11Module::number(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
  CK_ULONG value = CK_UNAVAILABLE_INFORMATION;
  CK_ATTRIBUTE wanted = {type, &value, sizeof value};
  return functions_->C_GetAttributeValue(session_, object, &wanted, 1) == CKR_OK ? value : CK_UNAVAILABLE_INFORMATION;
}

Result<std::vector<Pkcs11Module::Match>> Pkcs11Module::find(CK_OBJECT_CLASS kind, const std::string* label,
                                                            const std::string* id) {
  std::vector<CK_ATTRIBUTE> wanted = {entry(CKA_CLASS, &kind, sizeof kind)};
  if (label != nullptr) wanted.push_back(entry(CKA_LABEL, label->data(), label->size()));
  if (id != nullptr) wanted.push_back(entry(CKA_ID, id->data(), id->size()));
  if (const CK_RV code = functions_->C_FindObjectsInit(session_, wanted.data(), wanted.size()); code != CKR_OK)
    return failed("objects cannot be searched", code);
  std::array<CK_OBJECT_HANDLE, kMostObjects> found{};
  CK_ULONG count = 0;
  const CK_RV code = functions_->C_FindObjects(session_, found.data(), found.size(), &count);
  functions_->C_FindObjectsFinal(session_);
  if (code != CKR_OK) return failed("objects cannot be searched", code);
  std::vector<Match> matches;
  for (CK_ULONG i = 0; i < std::min<CK_ULONG>(count, kMostObjects); ++i) {
    const Bytes object_id = attribute(found[i], CKA_ID);
    matches.push_back({found[i], printable(attribute(found[i], CKA_LABEL)), {object_id.begin(), object_id.end()}});
  }
  return matches;
}

std::string Pkcs11Module::describe_all(CK_OBJECT_CLASS kind) {
  const auto all = find(kind, nullptr, nullptr);
  std::vector<std::string> names;
  if (all)
    for (const auto& match : *all)
      names.push_back(fmt::format("\"{}\" id {}", match.label, to_hex(Bytes(match.id.begin(), match.id.end()))));
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

Result<Pkcs11Module::Match> Pkcs11Module::find_one(CK_OBJECT_CLASS kind, const std::string& what) {
  const auto matches = find(kind, uri_.object ? &*uri_.object : nullptr, uri_.id ? &*uri_.id : nullptr);
  if (!matches) return tl::unexpected(matches.error());
  if (matches->empty())
    return unknown(name_, fmt::format("no {} matches the URI (found {})", what, describe_all(kind)),
                   "object=LABEL and id=%xx%xx in the URI name the key");
  if (matches->size() == 1) return matches->front();
  std::vector<std::string> names;
  for (const auto& match : *matches)
    names.push_back(fmt::format("\"{}\" id {}", match.label, to_hex(Bytes(match.id.begin(), match.id.end()))));
  return unknown(name_, fmt::format("{} {}s match the URI: {}", matches->size(), what, fmt::join(names, ", ")),
                 "add id=%xx or object=LABEL to the URI, so that one is left");
}

Result<PublicKey> Pkcs11Module::read_public(CK_OBJECT_HANDLE object, const std::string& label) {
  // A key is a test key when its label says so, as a file says it in its first line.
  const bool test = label.starts_with("TEST");
  const unsigned long type = number(object, CKA_KEY_TYPE);
  if (type == CKK_RSA)
    return public_key_from_rsa(attribute(object, CKA_MODULUS), attribute(object, CKA_PUBLIC_EXPONENT), test, name_);
  if (type != CKK_EC)
    return unknown(name_, fmt::format("the key \"{}\" has a type that is not supported (expected RSA or EC)", label));
  const Bytes curve = attribute(object, CKA_EC_PARAMS);
  const bool p256 = std::equal(curve.begin(), curve.end(), kP256.begin(), kP256.end());
  if (!p256 && !std::equal(curve.begin(), curve.end(), kP384.begin(), kP384.end()))
    return unknown(name_,
                   fmt::format("the key \"{}\" is on a curve that is not supported (expected P-256 or P-384)", label));
  const Bytes point = attribute(object, CKA_EC_POINT);
  return public_key_from_point(p256 ? PM_ES256 : PM_ES384, unwrapped(point), test, name_);
}

Result<bool> Pkcs11Module::find_public_key() {
  const auto matches = find(CKO_PUBLIC_KEY, uri_.object ? &*uri_.object : nullptr, uri_.id ? &*uri_.id : nullptr);
  if (!matches) return tl::unexpected(matches.error());
  if (matches->empty()) return false;
  const auto match = find_one(CKO_PUBLIC_KEY, "public key");
  if (!match) return tl::unexpected(match.error());
  auto key = read_public(match->object, match->label);
  if (!key) return tl::unexpected(key.error());
  key_ = std::move(*key);
  return true;
}

// The public key object of the same id, the private object's own attributes (RSA), or a certificate of the same id.
Result<PublicKey> Pkcs11Module::public_half_of(const Match& key) {
  const auto objects = find(CKO_PUBLIC_KEY, key.id.empty() ? &key.label : nullptr, key.id.empty() ? nullptr : &key.id);
  if (objects && objects->size() == 1) return read_public(objects->front().object, key.label);
  if (number(key.object, CKA_KEY_TYPE) == CKK_RSA && !attribute(key.object, CKA_PUBLIC_EXPONENT).empty())
    return read_public(key.object, key.label);
  const auto certificates = find(CKO_CERTIFICATE, nullptr, &key.id);
  if (!key.id.empty() && certificates && certificates->size() == 1)
    return public_key_from_certificate(attribute(certificates->front().object, CKA_VALUE),
                                       key.label.starts_with("TEST"), name_);
  return unknown(name_, fmt::format("the key \"{}\" has no public half in the token", key.label),
                 "put its public key or its certificate there, with the same id");
}

Result<void> Pkcs11Module::find_private_key(const AskPin& ask_pin) {
  ask_pin_ = ask_pin;
  if (auto done = login(CKU_USER); !done) return done;
  const auto match = find_one(CKO_PRIVATE_KEY, "private key");
  if (!match) return tl::unexpected(match.error());
  private_ = match->object;
  always_ask_ = attribute(private_, CKA_ALWAYS_AUTHENTICATE) == Bytes{CK_TRUE};
  auto key = public_half_of(*match);
  if (!key) return tl::unexpected(key.error());
  key_ = std::move(*key);
  bool hashes = false;
  const auto mechanism = choose_mechanism(hashes);
  if (!mechanism) return tl::unexpected(mechanism.error());
  return {};
}

// The size that a mechanism allows is in bits, and for RSA some modules say bytes; so only what is certain is refused.
bool Pkcs11Module::can_sign_with(CK_MECHANISM_TYPE mechanism) {
  CK_MECHANISM_INFO info{};
  return functions_->C_GetMechanismInfo(slot_, mechanism, &info) == CKR_OK && (info.flags & CKF_SIGN) != 0 &&
         (info.ulMaxKeySize == 0 || 8 * info.ulMaxKeySize >= key_.bits);
}

Result<CK_MECHANISM_TYPE> Pkcs11Module::choose_mechanism(bool& hashes) {
  const bool rsa = key_.algorithm == PM_PS256;
  const CK_MECHANISM_TYPE plain = rsa ? CKM_RSA_PKCS_PSS : CKM_ECDSA;
  const CK_MECHANISM_TYPE hashing = rsa                          ? CKM_SHA256_RSA_PKCS_PSS
                                    : key_.algorithm == PM_ES256 ? CKM_ECDSA_SHA256
                                                                 : CKM_ECDSA_SHA384;
  hashes = !can_sign_with(plain);
  if (!hashes) return plain;
  if (can_sign_with(hashing)) return hashing;
  return unknown(name_, fmt::format("the token cannot sign by {} with a key of {} bits (expected {})",
                                    algorithm_name(key_.algorithm), key_.bits,
                                    rsa ? "CKM_RSA_PKCS_PSS or CKM_SHA256_RSA_PKCS_PSS" : "CKM_ECDSA"));
}

Result<Bytes> Pkcs11Module::sign(ByteView message) {
  bool hashes = false;
  const auto chosen = choose_mechanism(hashes);
  if (!chosen) return tl::unexpected(chosen.error());
  CK_RSA_PKCS_PSS_PARAMS pss = {CKM_SHA256, CKG_MGF1_SHA256, PM_PS256_SALT_SIZE};
  const bool rsa = key_.algorithm == PM_PS256;
  CK_MECHANISM mechanism = {*chosen, rsa ? &pss : nullptr, rsa ? sizeof pss : 0};
  Bytes input(message.begin(), message.end());
  if (!hashes) input = message_digest(key_.algorithm, message);
  CK_RV code = functions_->C_SignInit(session_, &mechanism, private_);
  if (code != CKR_OK) return failed("signing cannot be started", code);
  if (always_ask_) {
    if (auto done = login(CKU_CONTEXT_SPECIFIC); !done) return tl::unexpected(done.error());
  }
  Bytes signature(PM_SIGNATURE_MAX_SIZE);
  CK_ULONG size = signature.size();
  code = functions_->C_Sign(session_, input.data(), input.size(), signature.data(), &size);
  if (code != CKR_OK) return failed("signing fails", code);
  signature.resize(std::min<std::size_t>(size, signature.size()));
  return signature;
}

}  // namespace proofmark::sign
