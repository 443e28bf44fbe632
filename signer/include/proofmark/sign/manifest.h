// SPDX-License-Identifier: Apache-2.0
//
// The manifest: what a signature vouches for (docs/format.md section 4). The structure mirrors the CBOR map; encode() is
// deterministic; decode() is as strict as a verifier.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proofmark/format.h"
#include "proofmark/sign/error.h"

namespace proofmark::sign {

// The fields of an ELF file that signing changes, as they were, raw.
struct OriginalHeader {
  std::uint64_t length = 0, e_shoff = 0;
  std::uint16_t e_shnum = 0, e_shstrndx = 0;
  bool operator==(const OriginalHeader&) const = default;
};

struct SegmentDigest {
  std::uint64_t offset = 0, length = 0;
  Digest sha256{};
  bool operator==(const SegmentDigest&) const = default;
};

struct Subject {
  std::string name;
  pm_kind kind = PM_KIND_DATA;
  std::uint16_t machine = 0;  // ELF e_machine, 0 for data
  std::vector<std::string> boards;
  bool operator==(const Subject&) const = default;
};

struct Content {
  std::uint64_t length = 0;  // N
  Digest digest{};           // fs-verity digest of [0, N)
  std::uint64_t mark_length = 0;
  std::optional<OriginalHeader> original;
  std::vector<SegmentDigest> segments;  // empty: not recorded
  bool operator==(const Content&) const = default;
};

struct Build {
  std::optional<Bytes> build_id;
  std::optional<Digest> source_tree, environment, sbom, provenance;
  bool operator==(const Build&) const = default;
};

struct Proof {
  pm_proof_status status = PM_UNPROVEN;
  Digest policy{};               // SHA-256 of the policy file; zeros when there was none
  std::uint64_t properties = 0;  // bits numbered by pm_property
  std::uint64_t units_analysed = 0, units_total = 0;
  std::uint64_t findings = 0;  // that block; 0 when proven
  std::uint64_t waivers = 0;
  bool operator==(const Proof&) const = default;
};

struct Runtime {
  std::vector<std::uint64_t> syscalls;  // ascending; empty: no filter
  std::optional<std::uint64_t> capabilities;
  std::optional<std::uint64_t> flags;
  std::vector<std::string> environment;
  bool operator==(const Runtime&) const = default;
};

struct Dependency {
  std::string name;
  Digest digest{};
  bool operator==(const Dependency&) const = default;
};

struct Bindings {
  std::optional<Digest> tls_certificate, configuration, symbols;
  bool operator==(const Bindings&) const = default;
};

struct Manifest {
  Subject subject;
  Content content;
  std::uint32_t security_version = 0;
  Build build;  // a group without any member is left out of the encoding
  Proof proof;
  std::optional<Runtime> runtime;
  std::optional<std::vector<Dependency>> dependencies;
  Bindings bindings;
  bool operator==(const Manifest&) const = default;
};

Bytes encode(const Manifest& manifest);

// Refuses unknown keys, wrong types, values out of range and any encoding that is not the deterministic one.
Result<Manifest> decode(ByteView payload);

// The name of a hardening property in evidence and in messages ("bind-now"); empty for a number that is not a property.
std::string property_name(unsigned bit);
// The bit mask of a property name, or nothing.
std::optional<std::uint64_t> property_mask(const std::string& name);

std::string kind_name(pm_kind kind);

}  // namespace proofmark::sign
