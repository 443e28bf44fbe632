// SPDX-License-Identifier: Apache-2.0
//
// Striking the mark, taking it off, and looking at it. These are the operations behind the verbs of the command line.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "proofmark/sign/files.h"
#include "proofmark/sign/keys.h"
#include "proofmark/sign/manifest.h"
#include "proofmark/sign/mark.h"
#include "proofmark/sign/trust_store.h"

namespace proofmark::sign {

// A file that may be signed, with what its first look told.
struct Candidate {
  InputFile file;
  pm_kind kind = PM_KIND_DATA;
  std::uint16_t machine = 0;      // ELF e_machine, 0 for data
  std::optional<Bytes> build_id;  // 1 to PM_BUILD_ID_MAX bytes
  bool is_script = false;         // executable, for no machine: what becomes of it is its interpreter's
};

// Makes a script of a candidate: the mark will say that a launcher may have it executed by an interpreter. Refuses a file that
// does not begin with "#!" and the absolute path of one.
Result<void> take_as_script(Candidate& candidate);

// Opens and validates `path`. Refuses a file that carries a mark already, intact or not. With `as_data` an ELF file is
// taken as the bytes it is.
Result<Candidate> open_candidate(const std::filesystem::path& path, bool as_data);

// The same, but a file that carries a mark is taken as it was before it was signed, so that sign_file() strikes a new mark.
// Refuses when the content is not what the old mark says. The original is kept in a nameless file in the folder of `output`.
Result<Candidate> open_for_replacement(const std::filesystem::path& path, bool as_data,
                                       const std::filesystem::path& output);

// SHA-256 of the whole file. Fails when it cannot be read.
Result<Digest> sha256(const InputFile& file);
// fs-verity digest of the first `length` bytes. Fails when the file is shorter, or cannot be read.
Result<Digest> fs_verity(const InputFile& file, std::uint64_t length);

// SHA-256 of a file of separate debug information (objcopy --only-keep-debug, eu-strip -f), for Bindings::symbols. Refuses one
// whose build-id is not `build_id`, the one of the program.
Result<Digest> debug_archive(const std::filesystem::path& path, const std::optional<Bytes>& build_id);

// What the caller decides about a signature; content, kind and machine are found in the file.
struct SignRequest {
  std::filesystem::path output;
  std::vector<const Signer*> keys;  // 1 to PM_SIGNATURES_MAX, distinct
  std::string name;                 // subject name
  std::vector<std::string> boards;  // board names, or "*" alone
  std::uint32_t security_version = 0;
  Proof proof;
  std::optional<Runtime> runtime;
  std::optional<std::vector<Dependency>> dependencies;
  Bindings bindings;
  bool detached = false;  // write only mark area and trailer
  // RSA or ECDSA signatures for which the mark keeps room, so that add_signatures() can add them later; with the keys at
  // most PM_SIGNATURES_MAX. One of HSS-LMS may need more and then has to be there from the start.
  std::uint32_t reserve = 0;
  std::set<Digest> revoked_contents;  // content digests that no device accepts any more: refused
};

// Refuses to sign what no device would accept.
Result<void> refuse_revoked(const std::string& path, const Digest& content, const std::set<Digest>& revoked);

// What an input has that its output did not get, each in words (AtomicFile::take_attributes).
using Dropped = std::vector<std::string>;

struct SignReport {
  std::uint64_t covered = 0, mark_length = 0;  // bytes: N, and the mark area without the trailer
  Digest content_digest{};
  Dropped dropped;
};

// Writes the signed file (or the detached mark) and checks it with the verifier before it gets its name. On any error
// the output is what it was before. The input may be the output. Fails when the file changes meanwhile, when a key cannot
// sign, when the mark would be larger than PM_MARK_MAX_SIZE, and when the output cannot be written; does not look at the gate
// (evidence.h): `request.proof` says what the caller established.
Result<SignReport> sign_file(const Candidate& candidate, const SignRequest& request);

// The manifest that sign_file() would seal, digests and all; nothing is written and no key signs.
Result<Manifest> plan_manifest(const Candidate& candidate, const SignRequest& request);

struct AddRequest {
  std::filesystem::path output;
  std::vector<const Signer*> keys;  // distinct, none of which has signed yet
  bool detached = false;            // the mark stands in `input`.proofmark
  bool allow_unproven = false;      // sign although the mark says that nothing was proved
};

// Adds signatures to the mark of `input`. The manifest and the signatures that are there stay as they are, byte for byte, so
// the new keys vouch for exactly what the first ones did; those are not checked. Refuses when the content is not what the
// mark says, and when the mark has no room (SignRequest::reserve), because its size is signed.
Result<SignReport> add_signatures(const std::filesystem::path& input, const AddRequest& request);

// Restores the file that was signed, byte for byte. Refuses when the content is not what the mark says, because then it
// is not that file any more; checks no signature.
Result<Dropped> unsign_file(const std::filesystem::path& input, const std::filesystem::path& output);

struct MarkView {
  Trailer trailer;  // as found, not signed
  Message message;
  Manifest manifest;
  bool detached = false;
};

// The mark of a file, or the file as a detached mark. Nothing is checked against a key or against the content. Refuses a file
// without a mark, saying which kind of without; a mark that is no version 1 mark is an error.
Result<MarkView> view_mark(const InputFile& file);

// What to tell about a file without a trailer at its end: never signed, or changed after it was signed (stripped, appended
// to). One sentence without a full stop. A tool that drops the section and the end leaves nothing that could tell.
Result<std::string> explain_unmarked(const InputFile& file);

struct TrustRequest {
  std::vector<PublicKey> keys;
  std::optional<TrustStore> store;  // instead of `keys`: who may sign what, for which boards, and what is revoked
  std::optional<pm_role> role;      // default: that of the file's kind
  std::uint32_t threshold = 1;
  std::string board;  // empty: any
  std::uint32_t minimum_security_version = 0;
  bool allow_unproven = false;
};

// A verdict of the verifier with what it decoded; the result points into the scratch memory.
class Verification {
 public:
  Verification();
  pm_verdict verdict() const { return result_->verdict; }
  const pm_result& result() const { return *result_; }

  // Asks the verifier, which reads `fd` (and `mark_fd`, the detached mark, unless that is -1) with pread and never fails but by
  // its verdict: only PM_ACCEPTED is a yes. Test keys and files for any machine are accepted, since the caller named the keys.
  // result() is good until the next run().
  void run(int fd, int mark_fd, const TrustRequest& request);

 private:
  std::unique_ptr<pm_scratch> scratch_;
  std::unique_ptr<pm_result> result_;
};

}  // namespace proofmark::sign
