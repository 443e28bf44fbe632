// SPDX-License-Identifier: Apache-2.0
//
// Choosing fixes; see fix_plan.h.
#include "engine/fix_plan.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "report/digest.h"
#include "report/file.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <clang/Tooling/Core/Replacement.h>
#pragma clang diagnostic pop

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using clang::tooling::Replacement;
using clang::tooling::Replacements;

// A fix as the units propose it.
struct Proposal {
  const Fix* fix = nullptr;
  std::vector<const UnitFixes*> units;
  std::string disagreement;
};

struct Span {
  unsigned begin, end;
  const report::Finding* of;

  // An insertion beside another edit has an order that nobody chose.
  bool touches(const Span& other) const {
    const bool insertion = begin == end || other.begin == other.end;
    return insertion ? begin <= other.end && other.begin <= end : begin < other.end && other.begin < end;
  }
};

struct OpenFile {
  std::string content, sha256;
  std::string refusal;  // why it must not be changed
  Replacements edits;
  std::vector<Span> taken;
};

using Key = std::tuple<std::string, unsigned, unsigned, std::string, std::string>;

Key key_of(const report::Location& where, const std::string& rule, const std::string& message) {
  return {where.file, where.line, where.column, rule, message};
}

std::string real_path(const std::string& file) {
  std::error_code error;
  const fs::path real = fs::canonical(file, error);
  return error ? "" : real.string();
}

class Planner {
 public:
  Planner(const std::vector<UnitFixes>& units, const FixPlaces& places) : units_(units), places_(places) {
    for (const UnitFixes& unit : units)
      for (const Fix& fix : unit.fixes) propose(unit, fix);
  }

  FixPlan run(const std::vector<report::Finding>& findings) {
    for (const report::Finding& finding : findings) {
      const auto found = proposals_.find(key_of(finding.where, finding.rule, finding.message));
      if (found == proposals_.end()) continue;
      FixVerdict& verdict = plan_.verdicts.emplace_back();
      verdict.rule = finding.rule;
      verdict.where = finding.where;
      verdict.refusal = take(found->second, finding, verdict);
    }
    for (auto& [path, file] : files_) finish(path, file);
    return std::move(plan_);
  }

 private:
  void propose(const UnitFixes& unit, const Fix& fix) {
    Proposal& proposal = proposals_[key_of(fix.where, fix.rule, fix.message)];
    if (proposal.fix == nullptr) proposal.fix = &fix;
    if (*proposal.fix != fix && proposal.disagreement.empty())
      proposal.disagreement = fmt::format("{} and {} need different edits", proposal.units.front()->unit, unit.unit);
    if (proposal.units.empty() || proposal.units.back() != &unit) proposal.units.push_back(&unit);
  }

  // Why not; empty when the fix is taken.
  std::string take(const Proposal& proposal, const report::Finding& finding, FixVerdict& verdict) {
    if (!proposal.disagreement.empty()) return proposal.disagreement;
    const Fix& fix = *proposal.fix;
    if (!fix.refusal.empty()) return fix.refusal;
    std::vector<OpenFile*> files;
    for (const Edit& edit : fix.edits) {
      const std::string real = real_path(edit.file);
      if (const std::string silent = silent_reader(proposal, edit, real); !silent.empty())
        return silent + " reads the file and does not say the same";
      OpenFile& file = open(real);
      if (const std::string why = refusal(file, edit, finding); !why.empty()) return why;
      files.push_back(&file);
      if (std::ranges::find(verdict.files, fs::path(real)) == verdict.files.end()) verdict.files.emplace_back(real);
    }
    return add(fix, finding, files);
  }

  std::string silent_reader(const Proposal& proposal, const Edit& edit, const std::string& real) const {
    const std::string named = fs::path(edit.file).lexically_normal().string();
    for (const UnitFixes& unit : units_) {
      if (std::ranges::find(proposal.units, &unit) != proposal.units.end()) continue;
      const auto reads = [&](const std::string& file) { return file == named || file == real; };
      if (std::ranges::any_of(unit.files, reads)) return unit.unit;
    }
    return "";
  }

  OpenFile& open(const std::string& real) {
    const auto [known, added] = files_.try_emplace(real);
    if (added) read(real, known->second);
    return known->second;
  }

  void read(const std::string& real, OpenFile& file) const {
    file.refusal = refusal_of_place(real);
    if (!file.refusal.empty()) return;
    auto content = report::read_file(real);
    if (!content) {
      file.refusal = content.error().message;
      return;
    }
    file.content = std::move(*content);
    file.sha256 = report::sha256_hex(file.content);
  }

  std::string refusal_of_place(const std::string& real) const {
    if (real.empty()) return "the file is gone";
    if (places_.project.empty() || !report::lies_below(real, places_.project))
      return "the file lies outside of the project";
    if (!places_.build.empty() && report::lies_below(real, places_.build))
      return "the file lies in the build directory";
    struct stat status{};
    if (::stat(real.c_str(), &status) != 0) return "the file is gone";
    // Who may write everything still means something by a file that nobody may write.
    if ((status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0 || ::access(real.c_str(), W_OK) != 0)
      return "the file is read-only";
    if (status.st_nlink > 1) return "the file has a second name (hard link), which would keep the old text";
    return "";
  }

  static std::string refusal(const OpenFile& file, const Edit& edit, const report::Finding& finding) {
    if (!file.refusal.empty()) return file.refusal;
    const bool inside = edit.offset <= file.content.size() && edit.length <= file.content.size() - edit.offset;
    if (edit.sha256 != file.sha256 || !inside) return "the file has changed since it was analysed";
    const Span wanted{edit.offset, edit.offset + edit.length, &finding};
    const auto other = std::ranges::find_if(file.taken, [&](const Span& span) { return span.touches(wanted); });
    if (other == file.taken.end()) return "";
    return fmt::format("its edit meets that of {} in line {}: run --fix again", other->of->rule, other->of->where.line);
  }

  static std::string add(const Fix& fix, const report::Finding& finding, const std::vector<OpenFile*>& files) {
    std::map<OpenFile*, Replacements> changed;
    for (std::size_t i = 0; i < files.size(); ++i) {
      const Edit& edit = fix.edits[i];
      Replacements& edits = changed.try_emplace(files[i], files[i]->edits).first->second;
      if (auto conflict = edits.add(Replacement("", edit.offset, edit.length, edit.text))) {
        llvm::consumeError(std::move(conflict));
        return "its edits overlap";
      }
    }
    for (auto& [file, edits] : changed) file->edits = std::move(edits);
    for (std::size_t i = 0; i < files.size(); ++i)
      files[i]->taken.push_back({fix.edits[i].offset, fix.edits[i].offset + fix.edits[i].length, &finding});
    return "";
  }

  void finish(const std::string& path, OpenFile& file) {
    if (file.edits.empty()) return;
    auto after = clang::tooling::applyAllReplacements(file.content, file.edits);
    if (after) {
      plan_.files.push_back({path, std::move(file.content), std::move(*after)});
      return;
    }
    llvm::consumeError(after.takeError());
    for (FixVerdict& verdict : plan_.verdicts)
      if (verdict.refusal.empty() && std::ranges::find(verdict.files, fs::path(path)) != verdict.files.end())
        verdict.refusal = "its edits cannot be made";
  }

  const std::vector<UnitFixes>& units_;
  const FixPlaces& places_;
  std::map<Key, Proposal> proposals_;
  std::map<std::string, OpenFile> files_;
  FixPlan plan_;
};

}  // namespace

FixPlan plan_fixes(const std::vector<UnitFixes>& units, const std::vector<report::Finding>& findings,
                   const FixPlaces& places) {
  return Planner(units, places).run(findings);
}

}  // namespace proofmark::analyze
