// SPDX-License-Identifier: Apache-2.0
//
// Public keys and signatures in the forms in which others hand them over: parts of a key from a token, certificates,
// signatures raw or in DER. Everything is checked here, and nothing that is not sound goes on.
#pragma once

#include "proofmark/sign/keys.h"

namespace proofmark::sign {

// `modulus` and `exponent` are big endian.
Result<PublicKey> public_key_from_rsa(ByteView modulus, ByteView exponent, bool test, const std::string& path);
// `point` is 0x04 || X || Y; the algorithm names the curve.
Result<PublicKey> public_key_from_point(pm_algorithm algorithm, ByteView point, bool test, const std::string& path);
// RFC 8554 section 6.1, as HSS-LMS signers write it to a file.
Result<PublicKey> public_key_from_hss(ByteView key, bool test, const std::string& path);
bool looks_like_hss(ByteView bytes);
// DER SubjectPublicKeyInfo.
Result<PublicKey> public_key_from_spki(ByteView spki, bool test, const std::string& path);
// DER X.509. Only the key is read: nobody vouches for it here but the user who names the file.
Result<PublicKey> public_key_from_certificate(ByteView der, bool test, const std::string& path);
// PEM with a public key or a certificate.
Result<PublicKey> public_key_from_pem(const std::string& pem, const std::string& path);

// The hash that the algorithm signs: SHA-256, or SHA-384 for ES384.
Bytes message_digest(pm_algorithm algorithm, ByteView message);

// The raw form of `signature`, which may be raw or, for ECDSA, DER; an error unless it is good over `message`. `who` made it.
Result<Bytes> checked_signature(const PublicKey& key, ByteView message, ByteView signature, const std::string& who);

}  // namespace proofmark::sign
