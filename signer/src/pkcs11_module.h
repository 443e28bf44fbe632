// SPDX-License-Identifier: Apache-2.0
//
// A PKCS #11 module, through its own C interface (PKCS #11 2.40), as the worker uses it: one token, one session, one key.
// Whatever the module answers is untrusted until it has been looked at.
#pragma once

#include <p11-kit/pkcs11.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pkcs11_uri.h"
#include "proofmark/sign/keys.h"

namespace proofmark::sign {

// "CKR_PIN_INCORRECT", or the number.
std::string pkcs11_error_name(unsigned long code);

class Pkcs11Module {
 public:
  // Gives the PIN for the token of this label.
  using AskPin = std::function<Result<std::string>(const std::string& token)>;

  // Loads the library and opens a session with the one token that the URI names.
  static Result<std::unique_ptr<Pkcs11Module>> open(const std::string& library, const Pkcs11Uri& uri);
  ~Pkcs11Module();
  Pkcs11Module(const Pkcs11Module&) = delete;
  Pkcs11Module& operator=(const Pkcs11Module&) = delete;

  const std::string& name() const { return name_; }  // of the token, for messages

  // The public key by its own object, without a PIN; false when there is no such object.
  Result<bool> find_public_key();
  // The private key, after a login where the token wants one, and its public half.
  Result<void> find_private_key(const AskPin& ask_pin);
  const PublicKey& public_key() const { return key_; }
  // Raw; what the token makes of it is checked elsewhere.
  Result<Bytes> sign(ByteView message);

 private:
  struct Match {
    CK_OBJECT_HANDLE object;
    std::string label, id;
  };

  Pkcs11Module() = default;
  Result<void> load(const std::string& library);
  Result<void> choose_token();
  Result<void> login(CK_USER_TYPE user);
  Result<void> explain_login(CK_RV code);
  Result<Match> find_one(CK_OBJECT_CLASS kind, const std::string& what);
  Result<std::vector<Match>> find(CK_OBJECT_CLASS kind, const std::string* label, const std::string* id);
  std::string describe_all(CK_OBJECT_CLASS kind);
  Bytes attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);
  unsigned long number(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);
  Result<PublicKey> read_public(CK_OBJECT_HANDLE object, const std::string& label);
  Result<PublicKey> public_half_of(const Match& key);
  bool can_sign_with(CK_MECHANISM_TYPE mechanism);
  Result<CK_MECHANISM_TYPE> choose_mechanism(bool& hashes);
  tl::unexpected<Error> failed(const std::string& doing, CK_RV code) const;

  void* library_ = nullptr;
  CK_FUNCTION_LIST* functions_ = nullptr;
  Pkcs11Uri uri_;
  std::string name_;
  CK_SLOT_ID slot_ = 0;
  CK_SESSION_HANDLE session_ = 0;
  bool initialised_ = false, has_session_ = false, always_ask_ = false;
  AskPin ask_pin_;
  std::string pin_;
  CK_OBJECT_HANDLE private_ = 0;
  PublicKey key_;
};

}  // namespace proofmark::sign
