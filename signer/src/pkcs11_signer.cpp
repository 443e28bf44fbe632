// SPDX-License-Identifier: Apache-2.0
//
// Both sides of the worker that holds a PKCS #11 module. Frames to the worker: 'P' here is the PIN, 'N' there is none (an
// error), 'S' sign this. Frames from it: 'P' what is the PIN, 'K' this is the public key, 'R' this is the signature, 'E' error.
#include "pkcs11_signer.h"

#include <cstdlib>

#include <fmt/format.h>
#include <mbedtls/platform_util.h>

#include "foreign.h"
#include "pkcs11_module.h"
#include "proofmark/sign/files.h"
#include "worker.h"

namespace proofmark::sign {
namespace {

constexpr const char* kDefaultModule = "libp11-kit.so.0";  // is a module itself, the proxy for all that are installed

std::string module_of(const Pkcs11Uri& uri, const KeyAccess& access) {
  if (!uri.module_path.empty()) return uri.module_path;
  if (!access.pkcs11_module.empty()) return access.pkcs11_module;
  const char* module = std::getenv("PROOFMARK_PKCS11_MODULE");
  return module != nullptr && *module != '\0' ? module : kDefaultModule;
}

// --- In the worker ---------------------------------------------------------------------------------------------------

Result<std::string> ask_parent(const Channel& channel, const std::string& token) {
  Frame answer;
  if (!channel.send({'P', {to_bytes(token)}}) || !channel.receive(answer)) return unknown(token, "nobody gave a PIN");
  if (answer.kind == 'E') return tl::unexpected(to_error(answer));
  return answer.text(0);
}

Result<void> find_key(Pkcs11Module& module, const Channel& channel, bool to_sign) {
  if (!to_sign) {
    const auto found = module.find_public_key();
    if (!found) return tl::unexpected(found.error());
    if (*found) return {};
  }
  return module.find_private_key([&](const std::string& token) { return ask_parent(channel, token); });
}

void serve(const std::string& library, const Pkcs11Uri& uri, bool to_sign, Channel& channel) {
  auto module = Pkcs11Module::open(library, uri);
  auto done = module ? find_key(**module, channel, to_sign) : tl::unexpected(module.error());
  if (!done) {
    channel.send(to_frame(done.error()));
    return;
  }
  const PublicKey& key = (*module)->public_key();
  channel.send({'K', {key.spki, {static_cast<std::uint8_t>(key.test)}, to_bytes((*module)->name())}});
  for (Frame request; to_sign && channel.receive(request) && request.kind == 'S' && !request.parts.empty();) {
    auto signature = (*module)->sign(request.parts[0]);
    channel.send(signature ? Frame{'R', {std::move(*signature)}} : to_frame(signature.error()));
  }
}

// --- Beside it -------------------------------------------------------------------------------------------------------

Result<std::string> pin_for(const std::string& token, const Pkcs11Uri& uri, const KeyAccess& access) {
  if (access.pin) return access.pin(token);
  if (uri.pin_file.empty())
    return unknown(token, "the token asks for a PIN and none was given",
                   "add --pin-prompt, --pin-file FILE or --pin-env NAME, or pin-source=file:/PATH to the URI");
  constexpr std::size_t kMaxSize = 4096;
  auto text = read_text(uri.pin_file, kMaxSize);
  if (text) text->erase(std::min(text->find_first_of("\r\n"), text->size()));
  return text;
}

class Pkcs11Signer final : public Signer {
 public:
  Pkcs11Signer(Worker worker, PublicKey key, std::string token, Patience patience)
      : worker_(std::move(worker)), key_(std::move(key)), token_(std::move(token)), patience_(std::move(patience)) {}

  const PublicKey& public_key() const override { return key_; }

  Result<Bytes> sign(ByteView message) const override {
    worker_.send({'S', {Bytes(message.begin(), message.end())}});
    const auto answer = worker_.receive(fmt::format("waiting for {} to sign", token_), patience_);
    if (!answer) return tl::unexpected(answer.error());
    if (answer->kind != 'R' || answer->parts.size() != 1) return unknown(token_, "the worker sent no signature");
    return checked_signature(key_, message, answer->parts[0], token_);
  }

 private:
  mutable Worker worker_;
  PublicKey key_;
  std::string token_;
  Patience patience_;
};

struct Opened {
  Worker worker;
  PublicKey key;
  std::string token;
};

Result<Opened> open(const std::string& name, const KeyAccess& access, bool to_sign) {
  const auto uri = parse_pkcs11_uri(name);
  if (!uri) return tl::unexpected(uri.error());
  const std::string library = module_of(*uri, access);
  auto worker = Worker::start(library, [&](Channel& channel) { serve(library, *uri, to_sign, channel); });
  if (!worker) return tl::unexpected(worker.error());
  for (;;) {
    auto frame = worker->receive(fmt::format("waiting for the module {}", library), access.patience);
    if (!frame) return tl::unexpected(frame.error());
    if (frame->kind == 'P') {
      auto pin = pin_for(frame->text(0), *uri, access);
      worker->send(pin ? Frame{'P', {to_bytes(*pin)}} : to_frame(pin.error()));
      if (pin) mbedtls_platform_zeroize(pin->data(), pin->size());
      continue;
    }
    if (frame->kind != 'K' || frame->parts.size() != 3) return unknown(library, "the worker sent no key");
    auto key = public_key_from_spki(frame->parts[0], frame->parts[1] == Bytes{1}, frame->text(2));
    if (!key) return tl::unexpected(key.error());
    return Opened{std::move(*worker), std::move(*key), frame->text(2)};
  }
}

}  // namespace

Result<std::unique_ptr<Signer>> open_pkcs11_signer(const std::string& uri, const KeyAccess& access) {
  auto opened = open(uri, access, true);
  if (!opened) return tl::unexpected(opened.error());
  return std::make_unique<Pkcs11Signer>(std::move(opened->worker), std::move(opened->key), std::move(opened->token),
                                        access.patience);
}

Result<PublicKey> open_pkcs11_public_key(const std::string& uri, const KeyAccess& access) {
  auto opened = open(uri, access, false);
  if (!opened) return tl::unexpected(opened.error());
  return std::move(opened->key);
}

}  // namespace proofmark::sign
