// SPDX-License-Identifier: Apache-2.0
//
// Module, token, session and login; pkcs11_key.cpp has what happens then.
#include "pkcs11_module.h"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>
#include <mbedtls/platform_util.h>

namespace proofmark::sign {
namespace {

// Fixed fields of PKCS #11 are padded with blanks.
template <std::size_t N>
std::string trimmed(const unsigned char (&field)[N]) {
  std::string text(reinterpret_cast<const char*>(field), N);
  text.erase(text.find_last_not_of(std::string_view(" \0", 2)) + 1);
  return text;
}

bool matches(const std::optional<std::string>& wanted, const std::string& found) {
  return !wanted || *wanted == found;
}

bool is_wanted(const Pkcs11Uri& uri, CK_SLOT_ID slot, const CK_TOKEN_INFO& token) {
  return (!uri.slot || *uri.slot == slot) && matches(uri.token, trimmed(token.label)) &&
         matches(uri.manufacturer, trimmed(token.manufacturerID)) && matches(uri.model, trimmed(token.model)) &&
         matches(uri.serial, trimmed(token.serialNumber));
}

std::string describe(const CK_TOKEN_INFO& token) {
  return fmt::format("\"{}\" (serial {})", trimmed(token.label), trimmed(token.serialNumber));
}

}  // namespace

std::string pkcs11_error_name(unsigned long code) {
  static const std::map<unsigned long, const char*> kNames = {
      {CKR_ARGUMENTS_BAD, "CKR_ARGUMENTS_BAD"},
      {CKR_BUFFER_TOO_SMALL, "CKR_BUFFER_TOO_SMALL"},
      {CKR_DATA_LEN_RANGE, "CKR_DATA_LEN_RANGE"},
      {CKR_DEVICE_ERROR, "CKR_DEVICE_ERROR"},
      {CKR_DEVICE_MEMORY, "CKR_DEVICE_MEMORY"},
      {CKR_DEVICE_REMOVED, "CKR_DEVICE_REMOVED"},
      {CKR_FUNCTION_CANCELED, "CKR_FUNCTION_CANCELED"},
      {CKR_FUNCTION_FAILED, "CKR_FUNCTION_FAILED"},
      {CKR_FUNCTION_NOT_SUPPORTED, "CKR_FUNCTION_NOT_SUPPORTED"},
      {CKR_GENERAL_ERROR, "CKR_GENERAL_ERROR"},
      {CKR_HOST_MEMORY, "CKR_HOST_MEMORY"},
      {CKR_KEY_FUNCTION_NOT_PERMITTED, "CKR_KEY_FUNCTION_NOT_PERMITTED"},
      {CKR_KEY_SIZE_RANGE, "CKR_KEY_SIZE_RANGE"},
      {CKR_KEY_TYPE_INCONSISTENT, "CKR_KEY_TYPE_INCONSISTENT"},
      {CKR_MECHANISM_INVALID, "CKR_MECHANISM_INVALID"},
      {CKR_MECHANISM_PARAM_INVALID, "CKR_MECHANISM_PARAM_INVALID"},
      {CKR_PIN_EXPIRED, "CKR_PIN_EXPIRED"},
      {CKR_PIN_INCORRECT, "CKR_PIN_INCORRECT"},
      {CKR_PIN_LEN_RANGE, "CKR_PIN_LEN_RANGE"},
      {CKR_PIN_LOCKED, "CKR_PIN_LOCKED"},
      {CKR_SESSION_COUNT, "CKR_SESSION_COUNT"},
      {CKR_TOKEN_NOT_PRESENT, "CKR_TOKEN_NOT_PRESENT"},
      {CKR_TOKEN_NOT_RECOGNIZED, "CKR_TOKEN_NOT_RECOGNIZED"},
      {CKR_USER_NOT_LOGGED_IN, "CKR_USER_NOT_LOGGED_IN"},
      {CKR_USER_PIN_NOT_INITIALIZED, "CKR_USER_PIN_NOT_INITIALIZED"}};
  const auto found = kNames.find(code);
  return found == kNames.end() ? fmt::format("error 0x{:x}", code) : found->second;
}

tl::unexpected<Error> Pkcs11Module::failed(const std::string& doing, CK_RV code) const {
  return unknown(name_, fmt::format("{}: the module answers {}", doing, pkcs11_error_name(code)));
}

Pkcs11Module::~Pkcs11Module() {
  mbedtls_platform_zeroize(pin_.data(), pin_.size());
  if (has_session_) functions_->C_CloseSession(session_);
  if (initialised_) functions_->C_Finalize(nullptr);
  // The library stays loaded: some unload badly, and the process ends anyway.
}

Result<std::unique_ptr<Pkcs11Module>> Pkcs11Module::open(const std::string& library, const Pkcs11Uri& uri) {
  std::unique_ptr<Pkcs11Module> module(new Pkcs11Module);
  module->uri_ = uri;
  if (auto done = module->load(library); !done) return tl::unexpected(done.error());
  if (auto done = module->choose_token(); !done) return tl::unexpected(done.error());
  const CK_RV code =
      module->functions_->C_OpenSession(module->slot_, CKF_SERIAL_SESSION, nullptr, nullptr, &module->session_);
  if (code != CKR_OK) return module->failed("no session can be opened", code);
  module->has_session_ = true;
  return module;
}

Result<void> Pkcs11Module::load(const std::string& library) {
  name_ = library;
  library_ = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library_ == nullptr)
    return unknown(library, fmt::format("the PKCS #11 module cannot be loaded: {}", dlerror()),
                   "module-path in the URI, --pkcs11-module or PROOFMARK_PKCS11_MODULE names the right file");
  const auto get_functions = reinterpret_cast<CK_C_GetFunctionList>(dlsym(library_, "C_GetFunctionList"));
  if (get_functions == nullptr || get_functions(&functions_) != CKR_OK || functions_ == nullptr)
    return unknown(library, "is no PKCS #11 module (it has no C_GetFunctionList)");
  if (const CK_RV code = functions_->C_Initialize(nullptr); code != CKR_OK)
    return failed("the module cannot be initialised", code);
  initialised_ = true;
  return {};
}

Result<void> Pkcs11Module::choose_token() {
  constexpr CK_ULONG kMostSlots = 256;
  std::array<CK_SLOT_ID, kMostSlots> slots{};
  CK_ULONG count = kMostSlots;
  if (const CK_RV code = functions_->C_GetSlotList(CK_TRUE, slots.data(), &count); code != CKR_OK)
    return failed("the tokens cannot be listed", code);
  std::vector<std::string> present, wanted;
  for (CK_ULONG i = 0; i < std::min(count, kMostSlots); ++i) {
    CK_TOKEN_INFO token{};
    if (functions_->C_GetTokenInfo(slots[i], &token) != CKR_OK || (token.flags & CKF_TOKEN_INITIALIZED) == 0) continue;
    present.push_back(describe(token));
    if (!is_wanted(uri_, slots[i], token)) continue;
    wanted.push_back(present.back());
    slot_ = slots[i];
    name_ = fmt::format("token \"{}\"", trimmed(token.label));
  }
  if (wanted.size() == 1) return {};
  if (wanted.empty())
    return unknown(
        name_,
        fmt::format("no token matches the URI (found {})",
                    present.empty() ? "none at all" : fmt::format("{}", fmt::join(present, ", "))),
        present.empty() ? "plug it in, or start its service; SoftHSM finds its tokens by SOFTHSM2_CONF" : "");
  return unknown(name_, fmt::format("{} tokens match the URI: {}", wanted.size(), fmt::join(wanted, ", ")),
                 "add serial=... to the URI");
}

Result<void> Pkcs11Module::explain_login(CK_RV code) {
  if (code == CKR_PIN_LOCKED)
    return unknown(name_, "the PIN is locked", "the security officer of the token can set it again");
  if (code != CKR_PIN_INCORRECT && code != CKR_PIN_LEN_RANGE && code != CKR_PIN_INVALID)
    return failed("the login fails", code);
  CK_TOKEN_INFO token{};
  std::string hint;
  if (functions_->C_GetTokenInfo(slot_, &token) == CKR_OK) {
    if ((token.flags & CKF_USER_PIN_COUNT_LOW) != 0) hint = "wrong PINs are counted; few tries are left";
    if ((token.flags & CKF_USER_PIN_FINAL_TRY) != 0) hint = "one more wrong PIN locks the token";
    if ((token.flags & CKF_USER_PIN_LOCKED) != 0) hint = "the PIN is locked now; the security officer can set it again";
  }
  return unknown(name_, "the PIN is wrong", hint);
}

Result<void> Pkcs11Module::login(CK_USER_TYPE user) {
  CK_TOKEN_INFO token{};
  if (const CK_RV code = functions_->C_GetTokenInfo(slot_, &token); code != CKR_OK)
    return failed("the token cannot be looked at", code);
  if (user == CKU_USER && (token.flags & CKF_LOGIN_REQUIRED) == 0) return {};
  if ((token.flags & CKF_USER_PIN_LOCKED) != 0) return explain_login(CKR_PIN_LOCKED);
  CK_RV code = CKR_OK;
  if ((token.flags & CKF_PROTECTED_AUTHENTICATION_PATH) != 0) {
    code = functions_->C_Login(session_, user, nullptr, 0);  // it has its own keypad
  } else {
    if (pin_.empty()) {
      auto pin = ask_pin_(name_);
      if (!pin) return tl::unexpected(pin.error());
      pin_ = std::move(*pin);
    }
    code = functions_->C_Login(session_, user, reinterpret_cast<CK_UTF8CHAR*>(pin_.data()), pin_.size());
  }
  if (code == CKR_OK || code == CKR_USER_ALREADY_LOGGED_IN) return {};
  return explain_login(code);
}

}  // namespace proofmark::sign
