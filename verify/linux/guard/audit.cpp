// SPDX-License-Identifier: Apache-2.0
//
// See audit.h. Texts of others are escaped in the journal, too.
#include "audit.h"

#include "../init/names.h"
#include "../init/system.h"
#include "decision.h"
#include "escape.h"
#include "guard_policy_data.h"
#include "kernel.h"
#include "system.h"
#include "text.h"

namespace proofmark::linux_guard {
namespace {

constexpr char kJournal[] = "/run/systemd/journal/socket";

// A record, put together in a buffer. Room for what comes after a text of others is always left.
class Record {
 public:
  Record& add(const char* text) {
    for (; *text != '\0'; ++text) put(*text);
    return *this;
  }
  Record& add(uint64_t number) {
    char digits[20];
    const char* end = linux_exec::append_number(digits, number);
    for (const char* digit = digits; digit != end; ++digit) put(*digit);
    return *this;
  }
  // At most `most` bytes of the record; "..." shows that it was cut.
  Record& add_foreign(const char* text, size_t most) {
    const size_t end = size_ + most;
    for (; *text != '\0'; ++text) {
      if (size_ + kMostEscaped > end) return add("...");
      char escaped[kMostEscaped];
      const size_t length = escape_byte(static_cast<uint8_t>(*text), escaped);
      for (size_t i = 0; i < length; ++i) put(escaped[i]);
    }
    return *this;
  }
  [[nodiscard]] const char* text() const { return text_; }
  [[nodiscard]] size_t size() const { return size_; }

 private:
  static constexpr size_t kMost = 3072;  // below PIPE_BUF, so that lines in a pipe do not mix

  void put(char character) {
    if (size_ < kMost) text_[size_++] = character;
  }
  char text_[kMost];
  size_t size_ = 0;
};

constexpr size_t kMostOfPath = 1200;
constexpr size_t kMostOfCaller = 400;

void begin(Record* line, const char* event) {
  const uint64_t now = wall_clock_ms();
  line->add("{\"time_ms\":").add(now).add(",\"program\":\"proofmark-guard\",\"board\":\"").add(kGuardedBoard);
  line->add("\",\"event\":\"").add(event).add("\"");
}

void begin_journal(Record* entry, const char* event, const char* priority) {
  entry->add("SYSLOG_IDENTIFIER=proofmark-guard\nPRIORITY=").add(priority);
  entry->add("\nPROOFMARK_EVENT=").add(event).add("\nMESSAGE=").add(event).add(": ");
}

void copy_path_with(const char* path, const char* ending, char* text, size_t size) {
  size_t length = 0;
  for (; *path != '\0' && length + 3 < size; ++path) text[length++] = *path;
  linux_init::copy_text(text + length, ending);
}

}  // namespace

bool Audit::open(const char* path, uint64_t most_bytes) {
  const long file = open_log(path, &size_);
  if (file < 0) return false;
  file_ = static_cast<int>(file);
  path_ = path;
  most_bytes_ = most_bytes;
  return true;
}

// The file before this one is kept, so at most twice the limit is used.
void Audit::rotate() {
  char old[512];
  copy_path_with(path_, ".1", old, sizeof old);
  if (rename_file(path_, old) != 0) return;
  linux_init::close_file(file_);
  const long file = open_log(path_, &size_);
  file_ = static_cast<int>(file);
}

void Audit::write_line(const char* text, size_t size) {
  if (path_ != nullptr && size_ + size > most_bytes_) rotate();
  if (file_ < 0 || !can_write_now(file_) || linux_exec::write_all(file_, text, size) < 0) ++left_out_;
  size_ += size;
}

bool Audit::may_write() {
  const uint64_t second = now_ms() / 1000;
  if (second != second_) {
    tell_left_out();
    second_ = second;
    in_second_ = 0;
  }
  if (in_second_ < kRecordsPerSecond) {
    ++in_second_;
    return true;
  }
  ++left_out_;
  return false;
}

void Audit::tell_left_out() {
  if (left_out_ == 0 || now_ms() / 1000 == second_) return;
  const uint64_t count = left_out_;
  left_out_ = 0;
  note("left-out", "records that were too many", count);
}

void Audit::file_event(const FileEvent& event) {
  if (!may_write()) return;
  Record line;
  begin(&line, event.event);
  if (event.verdict != PM_ACCEPTED) line.add(",\"number\":\"PM-E").add(event.verdict).add("\"");
  line.add(",\"why\":\"").add(text_of(event.verdict)).add("\",\"path\":\"").add_foreign(event.path, kMostOfPath);
  line.add("\",\"caller\":\"").add_foreign(event.caller, kMostOfCaller);
  line.add("\",\"thread\":").add(static_cast<unsigned>(event.thread)).add(",\"user\":").add(event.user).add("}\n");
  write_line(line.text(), line.size());
  Record entry;
  begin_journal(&entry, event.event, event.verdict == PM_ACCEPTED ? "6" : "4");
  entry.add_foreign(event.path, kMostOfPath).add(": ").add(text_of(event.verdict));
  if (event.verdict != PM_ACCEPTED) {
    entry.add(" (PM-E").add(event.verdict).add(")\nPROOFMARK_NUMBER=").add(event.verdict);
  }
  entry.add("\nPROOFMARK_PATH=").add_foreign(event.path, kMostOfPath);
  entry.add("\nOBJECT_PID=").add(static_cast<unsigned>(event.thread)).add("\n");
  (void)send_datagram(&journal_, kJournal, entry.text(), entry.size());
}

void Audit::note(const char* event, const char* text, uint64_t count) {
  Record line;
  begin(&line, event);
  line.add(",\"text\":\"").add_foreign(text, kMostOfPath).add("\",\"count\":").add(count).add("}\n");
  write_line(line.text(), line.size());
  Record entry;
  begin_journal(&entry, event, "5");
  entry.add_foreign(text, kMostOfPath).add(" (").add(count).add(")\n");
  (void)send_datagram(&journal_, kJournal, entry.text(), entry.size());
}

}  // namespace proofmark::linux_guard
