// SPDX-License-Identifier: Apache-2.0
//
// Finds the note of a configuration in a program, through the program headers alone: section names are for people, and
// strip removes them. The file is untrusted; every range is checked by subtraction against its size.
#include <elf.h>

#include <cstring>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "json_field.h"
#include "proofmark/sign/configuration.h"
#include "proofmark/sign/files.h"

namespace proofmark::sign {
namespace {

constexpr std::size_t kMostSegments = 1024;
constexpr std::size_t kLargestNotes = 1u << 20;
constexpr std::size_t kDescriptionSize = 2 * std::tuple_size_v<Digest>;

Result<std::vector<Elf64_Phdr>> program_headers(const InputFile& file) {
  Elf64_Ehdr header{};
  std::vector<Elf64_Phdr> segments;
  if (file.size() < sizeof header) return segments;
  if (auto done = file.read(0, {reinterpret_cast<std::uint8_t*>(&header), sizeof header}); !done)
    return tl::unexpected(done.error());
  const bool known = std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 && header.e_ident[EI_CLASS] == ELFCLASS64 &&
                     header.e_ident[EI_DATA] == ELFDATA2LSB && header.e_phentsize == sizeof(Elf64_Phdr);
  const std::uint64_t size = std::uint64_t{header.e_phnum} * sizeof(Elf64_Phdr);
  if (!known || header.e_phnum > kMostSegments || header.e_phoff > file.size() || size > file.size() - header.e_phoff)
    return segments;
  segments.resize(header.e_phnum);
  if (segments.empty()) return segments;
  if (auto done = file.read(header.e_phoff, {reinterpret_cast<std::uint8_t*>(segments.data()), size}); !done)
    return tl::unexpected(done.error());
  return segments;
}

constexpr std::size_t padded(std::size_t size) {
  return (size + 3) / 4 * 4;
}

// Calls `found` with the description of each of our notes.
template <class Found>
void walk_notes(ByteView notes, const Found& found) {
  while (notes.size() >= sizeof(Elf64_Nhdr)) {
    Elf64_Nhdr note{};
    std::memcpy(&note, notes.data(), sizeof note);
    notes = notes.subspan(sizeof note);
    const std::size_t name = padded(note.n_namesz), description = padded(note.n_descsz);
    if (name > notes.size() || description > notes.size() - name) return;
    const bool ours = note.n_type == kNoteConfiguration && note.n_namesz == sizeof kNoteOwner &&
                      std::memcmp(notes.data(), kNoteOwner, sizeof kNoteOwner) == 0;
    if (ours) found(notes.subspan(name, note.n_descsz));
    notes = notes.subspan(name + description);
  }
}

bool is_inside_read_only(const std::vector<Elf64_Phdr>& segments, const Elf64_Phdr& note) {
  bool inside = false;
  for (const auto& segment : segments) {
    if (segment.p_type != PT_LOAD || note.p_vaddr < segment.p_vaddr) continue;
    const std::uint64_t start = note.p_vaddr - segment.p_vaddr;
    if (start >= segment.p_memsz) continue;
    if ((segment.p_flags & PF_W) != 0 || start > segment.p_filesz || note.p_filesz > segment.p_filesz - start)
      return false;
    inside = note.p_offset == segment.p_offset + start;
  }
  return inside;
}

Digest digest_at(ByteView bytes) {
  Digest digest{};
  std::copy_n(bytes.begin(), digest.size(), digest.begin());
  return digest;
}

}  // namespace

Result<std::optional<ConfigurationBinding>> find_binding(const InputFile& file) {
  const auto segments = program_headers(file);
  if (!segments) return tl::unexpected(segments.error());
  std::optional<ConfigurationBinding> binding;
  std::string problem;
  for (const auto& segment : *segments) {
    if (segment.p_type != PT_NOTE || segment.p_filesz > kLargestNotes || segment.p_offset > file.size() ||
        segment.p_filesz > file.size() - segment.p_offset)
      continue;
    const auto notes = file.read(segment.p_offset, static_cast<std::size_t>(segment.p_filesz));
    if (!notes) return tl::unexpected(notes.error());
    walk_notes(*notes, [&](ByteView description) {
      if (description.size() != kDescriptionSize) problem = "a note of a configuration has the wrong size";
      if (!is_inside_read_only(*segments, segment)) problem = "the note of a configuration is not in read-only data";
      if (binding) problem = "holds two configurations (expected one)";
      if (!problem.empty()) return;
      binding.emplace();
      binding->configuration = digest_at(description);
      const Digest certificate = digest_at(description.subspan(binding->configuration.size()));
      if (certificate != Digest{}) binding->tls_certificate = certificate;
    });
  }
  if (!problem.empty()) return refused(file.path(), problem);
  return binding;
}

std::string to_json(const ConfigurationBinding& binding, const std::string& environment) {
  nlohmann::json out = {
      {"proofmark_binding", 1}, {"environment", environment}, {"configuration", to_hex(binding.configuration)}};
  if (binding.tls_certificate) out["tls_certificate"] = to_hex(*binding.tls_certificate);
  return out.dump(2) + "\n";
}

Result<ConfigurationBinding> read_binding(const std::filesystem::path& file) {
  const auto root = read_json(file, "binding");
  if (!root) return tl::unexpected(root.error());
  FieldReader in;
  ConfigurationBinding binding;
  if (in.number(*root, "proofmark_binding") != 1) in.complain("\"proofmark_binding\" is not 1");
  binding.configuration = in.digest(*root, "configuration");
  if (root->contains("tls_certificate")) binding.tls_certificate = in.digest(*root, "tls_certificate");
  if (!in.problem().empty()) return unknown(file.string(), "bad binding: " + in.problem());
  return binding;
}

}  // namespace proofmark::sign
