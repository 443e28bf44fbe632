// SPDX-License-Identifier: Apache-2.0
//
// See manifest.h. One function per top-level key, in the order of the format. Strict on purpose: what this version does
// not understand may be a condition that the signer set, so it refuses.
#include "manifest.h"

#include "cbor.h"
#include "session.h"

namespace proofmark::verify {
namespace {

constexpr uint64_t kAnyUint = UINT64_MAX;

bool read_machine_and_kind(CborReader* in, CborMap* fields, pm_manifest* m) {
  return fields->has(PM_SUBJECT_KIND) && in->read_uint(uint32_t{PM_KIND_BUNDLE}, &m->kind) &&
         m->kind >= PM_KIND_EXECUTABLE && fields->has(PM_SUBJECT_MACHINE) &&
         in->read_uint(uint32_t{UINT16_MAX}, &m->machine);
}

pm_verdict read_subject(CborReader* in, pm_manifest* m) {
  CborMap fields(in, 4);
  if (!fields.has(PM_SUBJECT_NAME) || !in->read_text(1, PM_NAME_MAX, &m->name)) return PM_REFUSED_SUBJECT;
  if (!read_machine_and_kind(in, &fields, m)) return PM_REFUSED_SUBJECT;
  if (!fields.has(PM_SUBJECT_BOARDS) || !in->read_array(1, PM_BOARDS_MAX, &m->board_count)) return PM_REFUSED_BOARDS;
  for (uint32_t i = 0; i < m->board_count; ++i) {
    if (!in->read_text(1, PM_BOARD_NAME_MAX, &m->boards[i])) return PM_REFUSED_BOARDS;
  }
  return fields.finished() ? kPassed : PM_REFUSED_SUBJECT;
}

bool read_original(CborReader* in, pm_manifest* m) {
  m->has_original = 1;
  return in->read_array(4) && in->read_uint(m->content_length, &m->original_length) &&
         in->read_uint(kAnyUint, &m->original_shoff) && in->read_uint(uint32_t{UINT16_MAX}, &m->original_shnum) &&
         in->read_uint(uint32_t{UINT16_MAX}, &m->original_shstrndx);
}

bool read_segment(CborReader* in, uint64_t content_length, pm_segment* segment) {
  return in->read_array(3) && in->read_uint(content_length, &segment->offset) &&
         in->read_uint(content_length - segment->offset, &segment->length) && in->read_digest(&segment->digest);
}

bool read_segments(CborReader* in, pm_manifest* m) {
  if (!in->read_array(1, PM_SEGMENTS_MAX, &m->segment_count)) return false;
  for (uint32_t i = 0; i < m->segment_count; ++i) {
    if (!read_segment(in, m->content_length, &m->segments[i])) return false;
  }
  return true;
}

pm_verdict read_content(CborReader* in, const Mark& mark, pm_manifest* m) {
  CborMap fields(in, 5);
  if (!fields.has(PM_CONTENT_LENGTH) || !in->read_uint(kAnyUint, &m->content_length)) return PM_REFUSED_CONTENT;
  if (m->content_length != mark.covered_length) return PM_REFUSED_CONTENT_LENGTH;
  if (!fields.has(PM_CONTENT_DIGEST) || !in->read_digest(&m->content_digest)) return PM_REFUSED_CONTENT;
  if (!fields.has(PM_CONTENT_MARK_LENGTH) || !in->read_uint(kAnyUint, &m->mark_length)) return PM_REFUSED_CONTENT;
  if (m->mark_length != mark.mark_length) return PM_REFUSED_CONTENT_MARK_LENGTH;
  if (fields.has(PM_CONTENT_ORIGINAL) && !read_original(in, m)) return PM_REFUSED_ORIGINAL;
  if (fields.has(PM_CONTENT_SEGMENTS) && !read_segments(in, m)) return PM_REFUSED_SEGMENTS;
  return fields.finished() ? kPassed : PM_REFUSED_CONTENT;
}

pm_verdict read_build(CborReader* in, pm_manifest* m) {
  CborMap fields(in, 5);
  bool good = !fields.has(PM_BUILD_ID) || in->read_bytes(1, PM_BUILD_ID_MAX, &m->build_id);
  good = good && (!fields.has(PM_BUILD_SOURCE_TREE) || in->read_digest(&m->source_tree));
  good = good && (!fields.has(PM_BUILD_ENVIRONMENT) || in->read_digest(&m->environment_record));
  good = good && (!fields.has(PM_BUILD_SBOM) || in->read_digest(&m->sbom));
  good = good && (!fields.has(PM_BUILD_PROVENANCE) || in->read_digest(&m->provenance));
  return good && fields.finished() ? kPassed : PM_REFUSED_BUILD;
}

// "Proven" says that every unit was analysed and nothing that blocks was found; a mark may not contradict itself.
bool is_consistent_proof(const pm_manifest& m) {
  if (m.units_analysed > m.units_total) return false;
  return m.proof_status == PM_UNPROVEN || (m.findings == 0 && m.units_analysed == m.units_total);
}

pm_verdict read_proof(CborReader* in, pm_manifest* m) {
  CborMap fields(in, 7);
  bool good = fields.has(PM_PROOF_STATUS) && in->read_uint(uint32_t{PM_PROVEN}, &m->proof_status);
  good = good && fields.has(PM_PROOF_POLICY) && in->read_digest(&m->policy);
  good = good && fields.has(PM_PROOF_PROPERTIES) && in->read_uint(kAnyUint, &m->properties);
  good = good && fields.has(PM_PROOF_UNITS_ANALYSED) && in->read_uint(kAnyUint, &m->units_analysed);
  good = good && fields.has(PM_PROOF_UNITS_TOTAL) && in->read_uint(kAnyUint, &m->units_total);
  good = good && fields.has(PM_PROOF_FINDINGS) && in->read_uint(kAnyUint, &m->findings);
  good = good && fields.has(PM_PROOF_WAIVERS) && in->read_uint(kAnyUint, &m->waivers);
  return good && fields.finished() && is_consistent_proof(*m) ? kPassed : PM_REFUSED_PROOF;
}

bool read_syscalls(CborReader* in, pm_manifest* m) {
  if (!in->read_array(1, PM_SYSCALLS_MAX, &m->syscall_count)) return false;
  for (uint32_t i = 0; i < m->syscall_count; ++i) {
    uint32_t number = 0;
    if (!in->read_uint(uint32_t{UINT16_MAX}, &number)) return false;
    if (i > 0 && number <= m->syscalls[i - 1]) return false;
    m->syscalls[i] = static_cast<uint16_t>(number);
  }
  return true;
}

bool read_capabilities(CborReader* in, pm_manifest* m) {
  m->has_capabilities = 1;
  return in->read_uint(kAnyUint, &m->capabilities);
}

bool read_environment(CborReader* in, pm_manifest* m) {
  if (!in->read_array(1, PM_ENVIRONMENT_MAX, &m->environment_count)) return false;
  for (uint32_t i = 0; i < m->environment_count; ++i) {
    if (!in->read_text(1, PM_ENVIRONMENT_NAME_MAX, &m->environment[i])) return false;
  }
  return true;
}

pm_verdict read_runtime(CborReader* in, pm_manifest* m) {
  m->has_runtime = 1;
  CborMap fields(in, 4);
  bool good = !fields.has(PM_RUNTIME_SYSCALLS) || read_syscalls(in, m);
  good = good && (!fields.has(PM_RUNTIME_CAPABILITIES) || read_capabilities(in, m));
  good = good &&
         (!fields.has(PM_RUNTIME_FLAGS) || in->read_uint(uint32_t{PM_RUNTIME_NO_NEW_PRIVILEGES}, &m->runtime_flags));
  good = good && (!fields.has(PM_RUNTIME_ENVIRONMENT) || read_environment(in, m));
  return good && fields.finished() ? kPassed : PM_REFUSED_RUNTIME;
}

pm_verdict read_dependencies(CborReader* in, pm_manifest* m) {
  m->has_dependencies = 1;
  if (!in->read_array(0, PM_DEPENDENCIES_MAX, &m->dependency_count)) return PM_REFUSED_DEPENDENCIES;
  for (uint32_t i = 0; i < m->dependency_count; ++i) {
    pm_dependency* dependency = &m->dependencies[i];
    if (!in->read_array(2) || !in->read_text(1, PM_DEPENDENCY_NAME_MAX, &dependency->name)) {
      return PM_REFUSED_DEPENDENCIES;
    }
    if (!in->read_digest(&dependency->digest)) return PM_REFUSED_DEPENDENCIES;
  }
  return kPassed;
}

pm_verdict read_bindings(CborReader* in, pm_manifest* m) {
  CborMap fields(in, 3);
  bool good = !fields.has(PM_BINDING_TLS_CERTIFICATE) || in->read_digest(&m->tls_certificate);
  good = good && (!fields.has(PM_BINDING_CONFIGURATION) || in->read_digest(&m->configuration));
  good = good && (!fields.has(PM_BINDING_SYMBOLS) || in->read_digest(&m->symbols));
  return good && fields.finished() ? kPassed : PM_REFUSED_BINDINGS;
}

pm_verdict read_security_version(CborReader* in, pm_manifest* m) {
  return in->read_uint(UINT32_MAX, &m->security_version) ? kPassed : PM_REFUSED_SECURITY_VERSION_FORM;
}

pm_verdict read_version(CborReader* in) {
  uint32_t version = 0;
  if (!in->read_uint(UINT32_MAX, &version)) return PM_REFUSED_MANIFEST_FORM;
  return version == PM_MANIFEST_VERSION ? kPassed : PM_REFUSED_MANIFEST_VERSION;
}

// Keys 1 to 4, all mandatory.
pm_verdict read_identity(CborReader* in, CborMap* fields, const Mark& mark, pm_manifest* m) {
  pm_verdict verdict = fields->has(PM_KEY_VERSION) ? read_version(in) : PM_REFUSED_MANIFEST_FORM;
  if (verdict != kPassed) return verdict;
  verdict = fields->has(PM_KEY_SUBJECT) ? read_subject(in, m) : PM_REFUSED_MANIFEST_FORM;
  if (verdict != kPassed) return verdict;
  verdict = fields->has(PM_KEY_CONTENT) ? read_content(in, mark, m) : PM_REFUSED_MANIFEST_FORM;
  if (verdict != kPassed) return verdict;
  return fields->has(PM_KEY_SECURITY_VERSION) ? read_security_version(in, m) : PM_REFUSED_MANIFEST_FORM;
}

// Keys 5 to 9, of which only the proof is mandatory.
pm_verdict read_claims(CborReader* in, CborMap* fields, pm_manifest* m) {
  pm_verdict verdict = fields->has(PM_KEY_BUILD) ? read_build(in, m) : kPassed;
  if (verdict != kPassed) return verdict;
  verdict = fields->has(PM_KEY_PROOF) ? read_proof(in, m) : PM_REFUSED_MANIFEST_FORM;
  if (verdict != kPassed) return verdict;
  verdict = fields->has(PM_KEY_RUNTIME) ? read_runtime(in, m) : kPassed;
  if (verdict != kPassed) return verdict;
  verdict = fields->has(PM_KEY_DEPENDENCIES) ? read_dependencies(in, m) : kPassed;
  if (verdict != kPassed) return verdict;
  return fields->has(PM_KEY_BINDINGS) ? read_bindings(in, m) : kPassed;
}

}  // namespace

pm_verdict decode_manifest(const Mark& mark, pm_manifest* manifest) {
  zero_bytes(manifest, sizeof *manifest);
  manifest->runtime_flags = PM_RUNTIME_NO_NEW_PRIVILEGES;
  CborReader in(mark.payload);
  CborMap fields(&in, PM_KEY_BINDINGS);
  const pm_verdict identity = read_identity(&in, &fields, mark, manifest);
  if (identity != kPassed) return identity;
  const pm_verdict claims = read_claims(&in, &fields, manifest);
  if (claims != kPassed) return claims;
  return fields.finished() && in.at_end() ? kPassed : PM_REFUSED_MANIFEST_FORM;
}

pm_verdict check_manifest(Session* session) {
  pm_result* result = session->result;
  const pm_verdict decoded = decode_manifest(session->mark, &result->manifest);
  if (decoded != kPassed) return decoded;
  copy_bytes(result->name, result->manifest.name.data, result->manifest.name.size);
  result->name[result->manifest.name.size] = '\0';
  result->security_version = result->manifest.security_version;
  session->passed |= kStageManifest;
  return kPassed;
}

}  // namespace proofmark::verify
