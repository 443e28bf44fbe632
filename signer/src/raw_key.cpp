// SPDX-License-Identifier: Apache-2.0
//
// Public keys in forms other than PEM: raw, as a trust store holds them (rebuilt, so that the id is computed and not
// believed), and the DER of certificates.
#include <algorithm>

#include "foreign.h"

namespace proofmark::sign {

Result<PublicKey> PublicKey::from_raw(pm_algorithm algorithm, ByteView raw, bool test) {
  constexpr std::size_t kExponentSize = 4;
  if (algorithm == PM_HSS_LMS) return public_key_from_hss(raw, test, "");
  if (algorithm == PM_ES256 || algorithm == PM_ES384) return public_key_from_point(algorithm, raw, test, "");
  if (algorithm != PM_PS256 || raw.size() <= kExponentSize) return unknown("", "not a raw public key of its algorithm");
  auto key = public_key_from_rsa(raw.first(raw.size() - kExponentSize), raw.last(kExponentSize), test, "");
  if (key && !std::equal(raw.begin(), raw.end(), key->raw.begin(), key->raw.end()))
    return unknown("", "not a raw public key of its algorithm");
  return key;
}

Result<PublicKey> PublicKey::from_spki(ByteView spki, const std::string& where) {
  return public_key_from_spki(spki, /*test=*/false, where);
}

}  // namespace proofmark::sign
