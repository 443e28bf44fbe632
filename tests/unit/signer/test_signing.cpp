// SPDX-License-Identifier: Apache-2.0
//
// Striking the mark and taking it off, over files of every shape: what comes back is the original, what lies between is
// accepted by the verifier and still reads as ELF.
#include <sys/stat.h>

#include <cstring>

#include "elf_builder.h"
#include "proofmark/sign/digest.h"
#include "proofmark/sign/elf_image.h"
#include "proofmark/sign/signing.h"
#include "support.h"

namespace proofmark::sign::test {
namespace {

namespace fs = std::filesystem;

const PrivateKey& key() {
  static const PrivateKey key = PrivateKey::generate(PM_ES256, true).value();
  return key;
}

SignRequest request_for(const fs::path& output) {
  SignRequest request;
  request.output = output;
  request.keys = {&key()};
  request.name = "test";
  request.boards = {"*"};
  return request;
}

Result<SignReport> sign(const fs::path& input, const fs::path& output, bool detached = false) {
  const auto candidate = open_candidate(input, false);
  if (!candidate) return tl::unexpected(candidate.error());
  SignRequest request = request_for(output);
  request.detached = detached;
  return sign_file(*candidate, request);
}

// True when the file was signed (which includes the verifier's consent) and comes back.
bool round_trips(const Bytes& original) {
  const fs::path in = write("in", original), marked = scratch() / "signed", out = scratch() / "out";
  if (const auto done = sign(in, marked); !done) return same(message(done.error()), "");
  if (const auto done = unsign_file(marked, out); !done) return same(message(done.error()), "");
  return same(read(out), original);
}

// The section as libelf finds it: last, named, and holding exactly what lies behind the covered bytes.
bool section_is_found(const Bytes& original) {
  const fs::path in = write("in", original), marked = scratch() / "signed";
  const auto report = sign(in, marked);
  const auto file = InputFile::open(marked);
  const auto image = report ? read_elf(*file) : Result<ElfImage>(tl::unexpected(report.error()));
  if (!image) return same(message(image.error()), "");
  const Elf64_Shdr& last = image->sections.back();
  const char* name = reinterpret_cast<const char*>(image->names.data()) + last.sh_name;
  return image->has_mark_section && same(name, PM_SECTION_NAME) && last.sh_offset == report->covered &&
         last.sh_size == report->mark_length + PM_TRAILER_SIZE && last.sh_offset + last.sh_size == file->size();
}

bool keeps_every_byte(const Bytes& original) {
  const fs::path in = write("in", original), marked = scratch() / "signed";
  if (!sign(in, marked)) return false;
  Bytes after = read(marked);
  after.resize(original.size());
  Elf64_Ehdr header{}, signed_header{};
  std::memcpy(&header, original.data(), sizeof header);
  std::memcpy(&signed_header, after.data(), sizeof header);
  restore_header({0, header.e_shoff, header.e_shnum, header.e_shstrndx}, signed_header);
  std::memcpy(after.data(), &signed_header, sizeof header);
  return same(after, original);
}

Bytes with_sections(std::size_t count) {
  return ElfBuilder(count).build();
}

Bytes go_like() {
  ElfBuilder builder;
  builder.table_first = true;
  return builder.build();
}

Bytes with_payload() {
  ElfBuilder builder;
  builder.payload = Bytes(1001, 0x77);
  return builder.build();
}

Bytes without_names() {
  ElfBuilder builder;
  builder.header.e_shstrndx = SHN_UNDEF;
  Bytes bytes = builder.build();
  std::memset(bytes.data() + offsetof(Elf64_Ehdr, e_shstrndx), 0, sizeof(Elf64_Half));
  return bytes;
}

bool signs_the_same_twice() {
  const fs::path in = write("in", with_sections(3));
  return sign(in, scratch() / "one") && sign(in, scratch() / "two") &&
         same(read(scratch() / "one"), read(scratch() / "two"));
}

bool signs_in_place_and_keeps_mode() {
  const fs::path path = write("in-place", with_sections(3));
  fs::permissions(path, fs::perms(0751));
  const Bytes before = read(path);
  if (!sign(path, path) || !unsign_file(path, path)) return false;
  return same(read(path), before) && fs::status(path).permissions() == fs::perms(0751);
}

// The contents of the scratch directory by name; a temporary file left behind would show.
bool leaves_nothing_behind() {
  for (const auto& entry : fs::directory_iterator(scratch())) {
    if (entry.path().filename().string().starts_with(".proofmark")) return same(entry.path().string(), "");
  }
  return true;
}

bool detached_is_the_rest_of_the_file(const Bytes& original) {
  const fs::path in = write("in", original), mark = scratch() / "in.proofmark";
  if (!sign(in, mark, true)) return false;
  Bytes joined = original;
  const Bytes rest = read(mark);
  joined.insert(joined.end(), rest.begin(), rest.end());
  const fs::path whole = write("joined", joined), back = scratch() / "back";
  return unsign_file(whole, back).has_value() && same(read(back), original);
}

std::string outcome_of_signing(const Bytes& bytes) {
  const auto done = sign(write("again", bytes), scratch() / "out");
  return done ? "signed" : done.error().what;
}

std::string unmarked(const Bytes& bytes) {
  const auto file = InputFile::open(write("unmarked", bytes));
  return explain_unmarked(*file).value();
}

Bytes signed_bytes(const Bytes& original) {
  const fs::path in = write("in", original), marked = scratch() / "signed";
  (void)sign(in, marked);
  return read(marked);
}

Bytes grown(Bytes bytes) {
  bytes.push_back('\n');
  return bytes;
}

std::string outcome_of_unsigning(Bytes bytes, std::size_t flip) {
  bytes[flip] ^= 1;
  const auto done = unsign_file(write("flipped", bytes), scratch() / "out");
  return done ? "unsigned" : done.error().what.substr(0, 21);
}

void elf_files_round_trip(void**) {
  assert_true(round_trips(with_sections(3)));
  assert_true(round_trips(with_sections(0)));
  assert_true(round_trips(go_like()));
  assert_true(round_trips(with_payload()));
  assert_true(round_trips(without_names()));
}

// The one section more goes over the limit of e_shnum at 65279, and the names over that of e_shstrndx.
void many_sections_round_trip(void**) {
  for (const std::size_t count : {65278u, 65279u, 65280u, 65281u, 70000u}) {
    assert_true(round_trips(with_sections(count)));
    assert_true(section_is_found(with_sections(count)));
  }
}

void other_files_round_trip(void**) {
  for (const std::size_t size : {0u, 1u, 31u, 32u, 33u, 4095u, 4096u, 4097u, 600000u})
    assert_true(round_trips(Bytes(size, 0x5a)));
  assert_true(round_trips(Bytes(3 * 1024 * 1024)));
}

void section_names_the_mark(void**) {
  assert_true(section_is_found(with_sections(3)));
  assert_true(section_is_found(go_like()));
  assert_true(section_is_found(with_payload()));
}

void no_byte_moves(void**) {
  assert_true(keeps_every_byte(with_sections(3)));
  assert_true(keeps_every_byte(go_like()));
  assert_true(keeps_every_byte(with_payload()));
}

void signing_twice_gives_the_same_bytes(void**) {
  assert_true(signs_the_same_twice());
}

void input_may_be_output(void**) {
  assert_true(signs_in_place_and_keeps_mode());
  assert_true(leaves_nothing_behind());
}

void detached_mark_is_the_rest_of_a_signed_file(void**) {
  assert_true(detached_is_the_rest_of_the_file(Bytes(5000, 1)));
  assert_true(detached_is_the_rest_of_the_file(with_sections(3)));
}

void signed_files_are_not_signed_again(void**) {
  assert_true(same(outcome_of_signing(signed_bytes(with_sections(3))), "is signed already"));
  assert_true(same(outcome_of_signing(signed_bytes(Bytes(100, 1))), "is signed already"));
  assert_true(same(outcome_of_signing(grown(signed_bytes(with_sections(3)))),
                   "has a .proofmark section: it was changed after signing"));
}

void never_signed_and_changed_are_told_apart(void**) {
  constexpr const char* kNever = "never signed: it holds no mark";
  constexpr const char* kChanged =
      "changed after signing: it holds a mark, but not at its end (strip and patch before signing)";
  assert_true(same(unmarked(with_sections(3)), kNever));
  assert_true(same(unmarked(Bytes(100)), kNever));
  assert_true(same(unmarked(grown(signed_bytes(with_sections(3)))), kChanged));
  assert_true(same(unmarked(grown(signed_bytes(Bytes(100)))), kChanged));
}

void changed_files_are_not_unsigned(void**) {
  assert_true(same(outcome_of_unsigning(signed_bytes(with_sections(3)), 0x1234), "changed after signing"));
  assert_true(same(outcome_of_unsigning(signed_bytes(Bytes(5000)), 4999), "changed after signing"));
}

}  // namespace
}  // namespace proofmark::sign::test

int main() {
  using namespace proofmark::sign::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(elf_files_round_trip),
      cmocka_unit_test(many_sections_round_trip),
      cmocka_unit_test(other_files_round_trip),
      cmocka_unit_test(section_names_the_mark),
      cmocka_unit_test(no_byte_moves),
      cmocka_unit_test(signing_twice_gives_the_same_bytes),
      cmocka_unit_test(input_may_be_output),
      cmocka_unit_test(detached_mark_is_the_rest_of_a_signed_file),
      cmocka_unit_test(signed_files_are_not_signed_again),
      cmocka_unit_test(never_signed_and_changed_are_told_apart),
      cmocka_unit_test(changed_files_are_not_unsigned),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
