// SPDX-License-Identifier: Apache-2.0
//
// A PKCS #11 module that misbehaves: it passes everything on to the real one that PROOFMARK_TEST_MODULE names, except for
// what PROOFMARK_TEST_FAULT asks for: slow, hang, crash, garbage, short, locked, final-try, no-pss, fail, exit.
#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static CK_FUNCTION_LIST* real;
static CK_FUNCTION_LIST changed;

static int fault_is(const char* name) {
  const char* fault = getenv("PROOFMARK_TEST_FAULT");
  return fault != NULL && strcmp(fault, name) == 0;
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG size, CK_BYTE_PTR signature,
                  CK_ULONG_PTR length) {
  if (fault_is("slow")) sleep(4);
  if (fault_is("hang")) sleep(1000);
  if (fault_is("crash")) raise(SIGSEGV);
  if (fault_is("exit")) _exit(7);
  if (fault_is("fail")) return CKR_DEVICE_ERROR;
  const CK_RV code = real->C_Sign(session, data, size, signature, length);
  if (fault_is("garbage") && code == CKR_OK) signature[9] ^= 1;
  if (fault_is("short") && code == CKR_OK) *length = 3;
  return code;
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG size) {
  return fault_is("locked") ? CKR_PIN_LOCKED : real->C_Login(session, user, pin, size);
}

static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  const CK_RV code = real->C_GetTokenInfo(slot, info);
  if (fault_is("final-try")) info->flags |= CKF_USER_PIN_FINAL_TRY;
  return code;
}

static CK_RV get_mechanism_info(CK_SLOT_ID slot, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO_PTR info) {
  const int is_plain = type == CKM_RSA_PKCS_PSS || type == CKM_ECDSA;
  if (fault_is("hashing-only") && is_plain) return CKR_MECHANISM_INVALID;
  if (fault_is("no-pss") && (is_plain || type == CKM_SHA256_RSA_PKCS_PSS)) return CKR_MECHANISM_INVALID;
  return real->C_GetMechanismInfo(slot, type, info);
}

__attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
  void* library = dlopen(getenv("PROOFMARK_TEST_MODULE"), RTLD_NOW);
  if (library == NULL) return CKR_GENERAL_ERROR;
  CK_C_GetFunctionList get = (CK_C_GetFunctionList)dlsym(library, "C_GetFunctionList");
  if (get == NULL || get(&real) != CKR_OK) return CKR_GENERAL_ERROR;
  changed = *real;
  changed.C_Sign = sign;
  changed.C_Login = login;
  changed.C_GetTokenInfo = get_token_info;
  changed.C_GetMechanismInfo = get_mechanism_info;
  *list = &changed;
  return CKR_OK;
}
