// SPDX-License-Identifier: Apache-2.0
//
// Reading refuses what is no regular file; writing replaces whole files or nothing.
#include "proofmark/sign/files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <thread>
#include <vector>

#include "support.h"

namespace proofmark::sign::test {
namespace {

namespace fs = std::filesystem;

bool open_fails(const fs::path& path, const std::string& text) {
  return fails_with(InputFile::open(path), "proofmark: error: " + path.string() + ": " + text);
}

bool create_fails(const fs::path& path, const std::string& text) {
  return fails_with(AtomicFile::create(path), "proofmark: error: " + path.string() + ": " + text);
}

Bytes bytes_of(const char* text) {
  const std::string_view view(text);
  return {view.begin(), view.end()};
}

// Everything in the directory, so that a forgotten temporary file shows.
std::string names_in(const fs::path& directory) {
  std::string names;
  for (const auto& entry : fs::directory_iterator(directory)) names += entry.path().filename().string() + " ";
  return names;
}

fs::path fresh(const char* name) {
  const fs::path directory = scratch() / name;
  fs::create_directory(directory);
  return directory;
}

bool abandoned_file_leaves_no_trace() {
  const fs::path directory = fresh("abandoned");
  write("abandoned/out", "old");
  {
    auto file = AtomicFile::create(directory / "out");
    if (!file || !file->append(bytes_of("new"))) return false;
  }
  return same(names_in(directory), "out ") && same(read(directory / "out"), bytes_of("old"));
}

bool committed_file_replaces() {
  const fs::path directory = fresh("committed");
  write("committed/out", "old");
  {
    auto file = AtomicFile::create(directory / "out");
    if (!file || !file->append(bytes_of("new")) || !file->commit()) return false;
  }
  return same(names_in(directory), "out ") && same(read(directory / "out"), bytes_of("new"));
}

bool link_stays_a_link() {
  const fs::path directory = fresh("link");
  write("link/target", "old");
  fs::create_symlink("target", directory / "out");
  if (!write_file(directory / "out", "new", 0644, true)) return false;
  return fs::is_symlink(directory / "out") && same(read(directory / "target"), bytes_of("new"));
}

bool existing_key_is_kept() {
  const fs::path path = write("key", "old");
  return fails_with(write_file(path, "new", 0600, false), "proofmark: error: " + path.string() +
                                                              ": exists already and is not overwritten\n"
                                                              "hint: choose another name, or remove it first\n") &&
         same(read(path), bytes_of("old"));
}

bool long_names_work() {
  const fs::path path = scratch() / std::string(255, 'n');
  return write_file(path, "new", 0600, false) && (fs::status(path).permissions() & fs::perms::mask) == fs::perms(0600);
}

// A hole keeps its place, in the middle and at the end.
bool holes_keep_their_size() {
  const fs::path path = scratch() / "holes";
  const Bytes zeros(8192);
  {
    auto file = AtomicFile::create(path);
    if (!file || !file->append(zeros) || !file->append(bytes_of("x")) || !file->append(zeros) || !file->commit())
      return false;
  }
  Bytes expected(8192 + 1 + 8192);
  expected[8192] = 'x';
  return same(read(path), expected);
}

bool odd_inputs_are_named() {
  const fs::path fifo = scratch() / "fifo";
  ::mkfifo(fifo.c_str(), 0600);
  return open_fails(scratch(), "not a regular file (it is a directory)\n") &&
         open_fails(fifo, "not a regular file (it is a FIFO)\n") &&
         open_fails("/dev/null", "not a regular file (it is a character device)\n") &&
         open_fails(scratch() / "none",
                    "cannot be opened: No such file or directory\n"
                    "hint: check the path; the file must exist before it can be signed or read\n");
}

bool odd_outputs_are_named() {
  fs::create_symlink("nowhere", scratch() / "dangling");
  return create_fails(scratch(), "the output exists and is a directory\nhint: give the name of a file with -o\n") &&
         create_fails("/dev/null",
                      "the output exists and is not a regular file\n"
                      "hint: give the name of a file; it appears when it is complete, so it cannot be written piece by "
                      "piece\n") &&
         create_fails(scratch() / "dangling",
                      "the output is a link that points to nothing\nhint: remove the link, or create its target\n") &&
         create_fails(scratch() / "none" / "out",
                      "cannot be written: No such file or directory\nhint: create the output directory first\n");
}

bool growing_file_is_noticed() {
  const fs::path path = write("growing", "12345");
  const auto file = InputFile::open(path);
  if (file->changed()) return false;
  write("growing", "123");
  return file->changed() && fails_with(file->read(0, 5), "proofmark: error: " + path.string() +
                                                             ": became shorter while it was read\n"
                                                             "hint: sign a file that nobody is writing to\n");
}

bool large_texts_are_refused() {
  const fs::path path = write("large", "12345");
  return fails_with(read_text(path, 4),
                    "proofmark: error: " + path.string() + ": too large (expected at most 4 bytes, found 5)\n");
}

// Each name is replaced by two threads; more threads than the table of temporary names has places.
bool threads_do_not_disturb_each_other() {
  constexpr int kNames = 12, kRounds = 5;
  const fs::path directory = fresh("threads");
  std::atomic<int> failures = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 2 * kNames; ++i)
    threads.emplace_back([&, i] {
      for (int round = 0; round < kRounds; ++round)
        if (!write_file(directory / std::to_string(i % kNames), std::to_string(i % kNames), 0600, true)) ++failures;
    });
  for (auto& thread : threads) thread.join();
  int files = 0;
  for (const auto& entry : fs::directory_iterator(directory)) {
    ++files;
    if (!same(read(entry.path()), bytes_of(entry.path().filename().c_str()))) ++failures;
  }
  return failures == 0 && files == kNames;
}

void nothing_happens_without_commit(void**) {
  assert_true(abandoned_file_leaves_no_trace());
}
void commit_replaces_the_whole_file(void**) {
  assert_true(committed_file_replaces());
}
void links_are_followed(void**) {
  assert_true(link_stays_a_link());
}
void keys_are_not_overwritten(void**) {
  assert_true(existing_key_is_kept());
}
void names_may_be_as_long_as_the_system_allows(void**) {
  assert_true(long_names_work());
}
void sparse_content_is_complete(void**) {
  assert_true(holes_keep_their_size());
}
void many_threads_write_at_once(void**) {
  assert_true(threads_do_not_disturb_each_other());
}
void odd_files_are_named(void**) {
  assert_true(odd_inputs_are_named());
  assert_true(odd_outputs_are_named());
}
void changes_under_the_reader_are_noticed(void**) {
  assert_true(growing_file_is_noticed());
}
void small_files_are_bounded(void**) {
  assert_true(large_texts_are_refused());
}

}  // namespace
}  // namespace proofmark::sign::test

int main() {
  using namespace proofmark::sign::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(nothing_happens_without_commit),
      cmocka_unit_test(commit_replaces_the_whole_file),
      cmocka_unit_test(links_are_followed),
      cmocka_unit_test(keys_are_not_overwritten),
      cmocka_unit_test(names_may_be_as_long_as_the_system_allows),
      cmocka_unit_test(sparse_content_is_complete),
      cmocka_unit_test(many_threads_write_at_once),
      cmocka_unit_test(odd_files_are_named),
      cmocka_unit_test(changes_under_the_reader_are_noticed),
      cmocka_unit_test(small_files_are_bounded),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
