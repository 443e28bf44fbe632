// SPDX-License-Identifier: Apache-2.0
//
// Rotation of trust, by the idea of TUF (The Update Framework, specification section 5.3): a store takes the place of
// another only when enough roots of the old one and enough of its own signed it, and its version is not lower. Neither a
// thief of the new roots' keys nor a replay of an older store gets through. Links into a program that opens stores only.
#include "session.h"
#include "trust.h"
#include "trust_store.h"

namespace proofmark::verify {
namespace {

enum OpenStage : uint32_t {
  kOpenTrusted = 1u << 0,
  kOpenMessage = 1u << 1,
  kOpenOldRoots = 1u << 2,
  kOpenContents = 1u << 3,
  kOpenNewRoots = 1u << 4,
  kOpenAll = (1u << 5) - 1,
};

struct Opening {
  const pm_io* file;
  uint32_t flags;
  pm_trust trusted;  // in the root keys so far
  uint32_t trusted_version;
  uint8_t* buffer;
  const Sha256Kernel* kernel;
  pm_trust_store* store;
  uint32_t passed;
  Mark message;
};

// A store is for no board, so it does not matter for which boards a root key may sign files.
pm_trust trust_in_roots(const pm_trust_set& set, uint32_t flags) {
  pm_trust trust = pm_trust_for_role(&set, PM_ROLE_ROOT, nullptr);
  trust.flags = flags | PM_TRUST_ANY_BOARD;
  return trust;
}

pm_verdict check_trusted(Opening* opening) {
  if (opening->trusted_version == 0) return PM_REFUSED_STORE_TRUSTED;
  if ((opening->flags & ~uint32_t{PM_TRUST_ALLOW_TEST_KEYS}) != 0) return PM_REFUSED_TRUST_VERSION;
  if (check_keys(opening->trusted) != kPassed) return PM_REFUSED_STORE_TRUSTED;
  if (check_tables(opening->trusted) != kPassed) return PM_REFUSED_STORE_TRUSTED;
  opening->passed |= kOpenTrusted;
  return kPassed;
}

pm_verdict read_message(Opening* opening) {
  const pm_io& file = *opening->file;
  uint64_t size = 0;
  if (file.size(file.context, &size) != 0) return PM_REFUSED_STORE_READ;
  if (size == 0 || size > PM_TRUST_STORE_MAX_SIZE) return PM_REFUSED_STORE_SIZE;
  const Bytes bytes = {opening->buffer, static_cast<size_t>(size)};
  if (file.read(file.context, 0, opening->buffer, bytes.size) != 0) return PM_REFUSED_STORE_READ;
  const pm_verdict parsed = parse_message(bytes, trust_store_message(), &opening->message);
  if (parsed == PM_REFUSED_MARK_FORM || parsed == PM_REFUSED_MARK_CONTENT_TYPE) return PM_REFUSED_STORE_CONTENT_TYPE;
  if (parsed != kPassed) return parsed;
  if (opening->message.message.size != bytes.size) return PM_REFUSED_STORE_TRAILING;
  opening->passed |= kOpenMessage;
  return kPassed;
}

// "Too few" becomes the number of the stage; a signature that is wrong or cannot be checked keeps its own.
pm_verdict check_roots(const Opening& opening, const pm_trust& roots, pm_verdict too_few) {
  Signers signers;
  const pm_verdict checked = check_signers(opening.message, opening.kernel, roots, &signers);
  switch (checked) {
    case PM_REFUSED_KEY_UNKNOWN:
    case PM_REFUSED_KEY_REVOKED:
    case PM_REFUSED_KEY_ROLE:
    case PM_REFUSED_THRESHOLD:
      return too_few;
    default:
      return checked;
  }
}

pm_verdict check_old_roots(Opening* opening) {
  const pm_verdict signed_by_old = check_roots(*opening, opening->trusted, PM_REFUSED_STORE_OLD_ROOTS);
  if (signed_by_old != kPassed) return signed_by_old;
  opening->passed |= kOpenOldRoots;
  return kPassed;
}

pm_verdict check_contents(Opening* opening) {
  const pm_verdict decoded = decode_trust_store(opening->message.payload, opening->store);
  if (decoded != kPassed) return decoded;
  if (opening->store->set.version < opening->trusted_version) return PM_REFUSED_STORE_ROLLBACK;
  opening->passed |= kOpenContents;
  return kPassed;
}

pm_verdict check_new_roots(Opening* opening) {
  const pm_trust own = trust_in_roots(opening->store->set, opening->flags);
  const pm_verdict keys = check_keys(own);
  if (keys == PM_REFUSED_TRUST_TEST_KEY) return PM_REFUSED_STORE_TEST_KEY;
  if (keys != kPassed) return PM_REFUSED_STORE_KEYS;
  const pm_verdict signed_by_own = check_roots(*opening, own, PM_REFUSED_STORE_NEW_ROOTS);
  if (signed_by_own != kPassed) return signed_by_own;
  opening->passed |= kOpenNewRoots;
  return kPassed;
}

pm_verdict run_stages(Opening* opening) {
  pm_verdict verdict = check_trusted(opening);
  if (verdict != kPassed) return verdict;
  verdict = read_message(opening);
  if (verdict != kPassed) return verdict;
  verdict = check_old_roots(opening);
  if (verdict != kPassed) return verdict;
  verdict = check_contents(opening);
  if (verdict != kPassed) return verdict;
  verdict = check_new_roots(opening);
  if (verdict != kPassed) return verdict;
  return opening->passed == kOpenAll ? PM_ACCEPTED : PM_REFUSED;
}

}  // namespace
}  // namespace proofmark::verify

using namespace proofmark::verify;

pm_verdict pm_trust_store_open(const pm_io* file, const pm_trust_set* trusted, uint32_t flags, pm_scratch* scratch,
                               pm_trust_store* store) {
  if (store == nullptr) return PM_REFUSED_ARGUMENT;
  zero_bytes(store, sizeof *store);
  if (file == nullptr || file->size == nullptr || file->read == nullptr || trusted == nullptr || scratch == nullptr) {
    return PM_REFUSED_ARGUMENT;
  }
  Opening opening = {file,
                     flags,
                     trust_in_roots(*trusted, flags),
                     trusted->version,
                     workspace_of(scratch)->mark,
                     choose_sha256_kernel(),
                     store,
                     0,
                     {}};
  const pm_verdict verdict = run_stages(&opening);
  // Nothing that was refused is left where someone might use it.
  if (verdict != PM_ACCEPTED) zero_bytes(store, sizeof *store);
  return verdict;
}
