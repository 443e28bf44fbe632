// SPDX-License-Identifier: Apache-2.0
//
// The picture for terminals and CI logs; see picture_writers.h.
#include <algorithm>

#include <fmt/format.h>

#include "report/picture_writers.h"
#include "report/text_writer.h"

namespace proofmark::report {
namespace {

constexpr std::string_view kReset = "\033[0m";
constexpr std::string_view kBold = "\033[1m";
constexpr std::string_view kRed = "\033[1;31m";
constexpr std::string_view kYellow = "\033[1;33m";
constexpr std::string_view kGreen = "\033[1;32m";

struct Column {
  unsigned held = 0, lost = 0, waived = 0, not_applicable = 0, unknown = 0;
};

class Writer {
 public:
  Writer(const Picture& picture, bool colour) : picture_(picture), colour_(colour) {}

  std::string run() {
    put_header();
    put_losses();
    put_uncovered();
    put_prebuilt();
    put_waived("waived findings by owner", picture_.waived.by_owner);
    put_waived("waived findings by rule", picture_.waived.by_rule);
    put_protections();
    put_verdict();
    return std::move(out_);
  }

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...);
  }

  std::string paint(std::string_view colour, std::string_view text) const {
    return colour_ ? fmt::format("{}{}{}", colour, text, kReset) : std::string(text);
  }

  void put_heading(std::string_view text) { put("\n{}\n", paint(kBold, text)); }

  void put_header() {
    put("{}\n", paint(kBold, fmt::format("hardening of {} by policy {}", printable(picture_.board),
                                         printable(picture_.policy))));
    if (picture_.artifact) {
      const Artifact& artifact = *picture_.artifact;
      put("  file   {} {}, {} bytes, build-id {}\n", printable(artifact.link), printable(artifact.machine),
          artifact.size, artifact.build_id.empty() ? "none" : printable(artifact.build_id));
      put("  sha256 {}\n", printable(artifact.sha256));
    }
    put("  units  {} analysed, {} failed, {} never analysed, {} not in the ELF file\n",
        picture_.units_with(Coverage::kProved), picture_.units_with(Coverage::kFailed),
        picture_.units_with(Coverage::kNeverAnalysed), picture_.units_with(Coverage::kNotLinked));
  }

  void put_losses() {
    if (picture_.losses.empty()) return;
    put_heading("lost");
    const Loss* before = nullptr;
    for (const Loss& loss : picture_.losses) {
      if (before == nullptr || before->verdict.fate != loss.verdict.fate ||
          before->verdict.blocks() != loss.verdict.blocks())
        put("  {}{}\n", paint(loss.verdict.blocks() ? kRed : kYellow, fate_phrase(loss.verdict.fate)),
            loss.verdict.blocks() ? "" : " (does not block)");
      put_loss(loss);
      before = &loss;
    }
  }

  void put_loss(const Loss& loss) {
    std::string place = loss.unit.empty() ? "the linked file" : printable(loss.unit);
    if (!loss.symbol.empty()) place += ": " + printable(loss.symbol);
    put("    {:<18} {}\n", printable(loss.protection), place);
    if (!loss.verdict.why.empty()) put("    {:<18} {}\n", "", printable(loss.verdict.why));
    if (!loss.verdict.waived_by.empty())
      put("    {:<18} waived by {}: {}\n", "", printable(loss.verdict.waived_by),
          printable(loss.verdict.waiver_reason));
  }

  void put_uncovered() {
    if (picture_.unproved.empty()) return;
    put_heading("not covered");
    for (const std::string& reason : picture_.unproved) put("  {}\n", printable(reason));
  }

  void put_prebuilt() {
    if (picture_.prebuilt.empty()) return;
    put_heading("prebuilt");
    for (const JoinedPrebuilt& one : picture_.prebuilt) {
      const Prebuilt& archive = one.archive;
      const std::string waiver = !archive.waived ? "no waiver"
                                 : archive.waived_by.empty()
                                     ? "waived"
                                     : fmt::format("waived by {}: {}", archive.waived_by, archive.waiver_reason);
      put("  {:<16} {:>4} member{} {:>5} function{}  {}\n", printable(archive.archive), archive.members,
          archive.members == 1 ? ", " : "s,", one.functions, one.functions == 1 ? " " : "s", printable(waiver));
    }
  }

  void put_waived(std::string_view heading, const std::map<std::string, unsigned>& counts) {
    if (counts.empty()) return;
    put_heading(heading);
    for (const auto& [name, count] : counts) put("  {:<40} {:>6}\n", printable(name), count);
  }

  Column count(std::size_t index) const {
    Column column;
    for (const JoinedUnit& unit : picture_.units) {
      const Verdict& verdict = unit.cells[index].verdict;
      if (verdict.fate == Fate::kHeld) ++column.held;
      if (verdict.fate == Fate::kNotApplicable) ++column.not_applicable;
      if (verdict.fate == Fate::kUnknown) ++column.unknown;
      if (is_lost(verdict.fate)) ++(verdict.waived_by.empty() ? column.lost : column.waived);
    }
    return column;
  }

  void put_protections() {
    if (picture_.protections.empty()) return;
    put_heading("units by protection");
    put("  {:<26} {:>6} {:>6} {:>6} {:>6} {:>8}\n", "", "held", "lost", "waived", "n/a", "unknown");
    for (std::size_t i = 0; i < picture_.protections.size(); ++i) {
      const Column column = count(i);
      const std::string lost = fmt::format("{:>6}", column.lost);
      put("  {:<26} {:>6} {} {:>6} {:>6} {:>8}\n", printable(picture_.protections[i].title()), column.held,
          column.lost == 0 ? lost : paint(kRed, lost), column.waived, column.not_applicable, column.unknown);
    }
  }

  void put_verdict() {
    const auto blocking =
        std::ranges::count_if(picture_.losses, [](const Loss& loss) { return loss.verdict.blocks(); });
    const auto waived =
        std::ranges::count_if(picture_.losses, [](const Loss& loss) { return !loss.verdict.waived_by.empty(); });
    const ExitCode verdict = picture_.verdict();
    const std::string word = verdict == ExitCode::kYes  ? paint(kGreen, "nothing that the policy insists on was lost")
                             : verdict == ExitCode::kNo ? paint(kRed, "protections were lost")
                                                        : paint(kYellow, "cannot tell: not everything is covered");
    put("\nproofmark: {} ({} blocking, {} waived, {} other losses; {} not covered)\n", word, blocking, waived,
        static_cast<long>(picture_.losses.size()) - blocking - waived, picture_.unproved.size());
  }

  const Picture& picture_;
  bool colour_;
  std::string out_;
};

}  // namespace

std::string picture_to_text(const Picture& picture, bool colour) {
  return Writer(picture, colour).run();
}

}  // namespace proofmark::report
