// SPDX-License-Identifier: Apache-2.0
//
// Both steps. Nothing in a request file is believed: the manifest comes out of the signature check, and attaching computes
// everything else from the file that is signed.
#include "proofmark/sign/request.h"

#include <algorithm>

#include <fmt/format.h>

#include "foreign.h"
#include "json_field.h"

namespace proofmark::sign {
namespace {

constexpr const char* kKind = "proofmark signing request";
constexpr std::uint64_t kVersion = 1;

class PublicOnly final : public Signer {
 public:
  explicit PublicOnly(PublicKey key) : key_(std::move(key)) {}
  const PublicKey& public_key() const override { return key_; }
  Result<Bytes> sign(ByteView) const override {
    return unknown("", fmt::format("the private half of the key is not here (key {})", to_hex(key_.id)));
  }

 private:
  PublicKey key_;
};

// A signature over exactly one message, made elsewhere and checked already.
class MadeElsewhere final : public Signer {
 public:
  MadeElsewhere(PublicKey key, Bytes message, Bytes signature, std::string path)
      : key_(std::move(key)), message_(std::move(message)), signature_(std::move(signature)), path_(std::move(path)) {}
  const PublicKey& public_key() const override { return key_; }
  Result<Bytes> sign(ByteView message) const override {
    if (std::equal(message.begin(), message.end(), message_.begin(), message_.end())) return signature_;
    return refused(path_, "is not the file that the request is for (its manifest differs)",
                   "attach to the file that digest was given, unchanged and with the same version of proofmark");
  }

 private:
  PublicKey key_;
  Bytes message_, signature_;
  std::string path_;
};

std::string joined(const std::vector<PublicKey>& keys) {
  std::vector<std::string> ids;
  for (const auto& key : keys) ids.push_back(to_hex(key.id));
  return fmt::format("{}", fmt::join(ids, ", "));
}

// The key of the request by which this signature is, and its raw form.
Result<std::size_t> find_signer(const SigningRequest& request, const std::string& path, Bytes& raw) {
  const auto text = read_text(path, PM_SIGNATURE_MAX_SIZE);
  if (!text) return tl::unexpected(text.error());
  const ByteView bytes(reinterpret_cast<const std::uint8_t*>(text->data()), text->size());
  for (std::size_t i = 0; i < request.keys.size(); ++i) {
    auto checked = checked_signature(request.keys[i], request.to_be_signed(request.keys[i]), bytes, path);
    if (!checked) continue;
    raw = std::move(*checked);
    return i;
  }
  return refused(path, fmt::format("is no signature over this request (expected one by {})", joined(request.keys)),
                 "it is over something else, by another key, or not in raw form or DER");
}

PublicKey read_key(FieldReader& fields, const nlohmann::json& entry, const std::string& path) {
  const std::string pem = fields.text(entry, "public_key");
  auto key = public_key_from_pem(pem, path);
  if (key) return std::move(*key);
  fields.complain("keys: " + key.error().what);
  return {};
}

Result<SigningRequest> read_request(const nlohmann::json& json, const std::string& path) {
  FieldReader fields;
  SigningRequest request;
  if (fields.text(json, "kind") != kKind || fields.number(json, "version") != kVersion)
    return unknown(path, "is not a signing request of version 1", "proofmark digest --key writes one");
  const auto payload = from_hex(fields.text(json, "manifest"));
  request.detached = fields.boolean(json, "detached");
  request.as_data = fields.boolean(json, "data");
  const std::uint64_t reserve = fields.number(json, "reserve");
  request.reserve = static_cast<std::uint32_t>(std::min<std::uint64_t>(reserve, PM_SIGNATURES_MAX));
  for (const auto& entry : fields.array(json, "keys")) request.keys.push_back(read_key(fields, entry, path));
  const std::size_t count = request.keys.size() + reserve;
  if (request.keys.empty() || count > PM_SIGNATURES_MAX)
    fields.complain(
        fmt::format("keys: expected 1 to {} signatures, found {}", static_cast<int>(PM_SIGNATURES_MAX), count));
  if (!fields.problem().empty()) return unknown(path, fields.problem(), "ask for a new request with proofmark digest");
  if (!payload) return unknown(path, "manifest: not hex");
  auto manifest = decode(*payload);
  if (!manifest) return unknown(path, manifest.error().what);
  request.manifest = std::move(*manifest);
  return request;
}

SignRequest again(const SigningRequest& request, const std::filesystem::path& output) {
  SignRequest out;
  out.output = output;
  out.name = request.manifest.subject.name;
  out.boards = request.manifest.subject.boards;
  out.security_version = request.manifest.security_version;
  out.proof = request.manifest.proof;
  out.bindings = request.manifest.bindings;
  out.detached = request.detached;
  out.reserve = request.reserve;
  return out;
}

}  // namespace

Bytes SigningRequest::to_be_signed(const PublicKey& key) const {
  return sign::to_be_signed(encode(manifest), key.algorithm, key.id);
}

std::string SigningRequest::to_json() const {
  nlohmann::ordered_json json;
  json["kind"] = kKind;
  json["version"] = kVersion;
  json["name"] = manifest.subject.name;
  json["content"] = "sha256:" + to_hex(manifest.content.digest);
  json["proven"] = manifest.proof.status == PM_PROVEN;
  json["manifest"] = to_hex(encode(manifest));
  json["detached"] = detached;
  json["data"] = as_data;
  json["reserve"] = reserve;
  json["keys"] = nlohmann::ordered_json::array();
  for (const auto& key : keys) {
    const Bytes message = to_be_signed(key);
    nlohmann::ordered_json entry;
    entry["algorithm"] = algorithm_name(key.algorithm);
    entry["key_id"] = to_hex(key.id);
    entry["test"] = key.test;
    entry["to_be_signed"] = to_hex(message);
    if (key.algorithm != PM_HSS_LMS) {
      entry["hash"] = key.algorithm == PM_ES384 ? "sha384" : "sha256";
      entry["digest"] = to_hex(message_digest(key.algorithm, message));
    }
    entry["public_key"] = key.to_pem();
    json["keys"].push_back(std::move(entry));
  }
  return json.dump(2) + "\n";
}

Result<SigningRequest> SigningRequest::load(const std::filesystem::path& file) {
  const auto json = read_json(file, "signing request");
  if (!json) return tl::unexpected(json.error());
  return read_request(*json, file.string());
}

std::unique_ptr<Signer> public_only(PublicKey key) {
  return std::make_unique<PublicOnly>(std::move(key));
}

Result<SigningRequest> make_request(const Candidate& candidate, const SignRequest& request, bool as_data) {
  auto manifest = plan_manifest(candidate, request);
  if (!manifest) return tl::unexpected(manifest.error());
  SigningRequest out;
  out.manifest = std::move(*manifest);
  out.detached = request.detached;
  out.as_data = as_data;
  out.reserve = request.reserve;
  for (const auto* key : request.keys) out.keys.push_back(key->public_key());
  return out;
}

Result<SignReport> attach(const Candidate& candidate, const SigningRequest& request,
                          const std::vector<std::filesystem::path>& signatures, const std::filesystem::path& output) {
  std::vector<Bytes> found(request.keys.size());
  for (const auto& path : signatures) {
    Bytes raw;
    const auto index = find_signer(request, path.string(), raw);
    if (!index) return tl::unexpected(index.error());
    if (!found[*index].empty()) return usage(path.string(), "is a second signature by the same key");
    found[*index] = std::move(raw);
  }
  std::vector<std::unique_ptr<Signer>> signers;
  SignRequest sign = again(request, output);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const PublicKey& key = request.keys[i];
    if (found[i].empty())
      return refused(candidate.file.path(), fmt::format("a signature is missing (key {})", to_hex(key.id)),
                     "every key that digest was given has to sign");
    signers.push_back(
        std::make_unique<MadeElsewhere>(key, request.to_be_signed(key), std::move(found[i]), candidate.file.path()));
    sign.keys.push_back(signers.back().get());
  }
  return sign_file(candidate, sign);
}

}  // namespace proofmark::sign
