// SPDX-License-Identifier: Apache-2.0
//
// Assembly units; see assembly_check.h.
#include "engine/assembly_check.h"

#include <algorithm>
#include <cstdlib>

#include "compile/options.h"
#include "compile/process.h"
#include "elf/elf_file.h"
#include "report/file.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStackNote = ".note.GNU-stack";

// A folder of our own for one object, gone with it.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path(error_) / "proofmark-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) folder_ = name;
  }
  ~Scratch() {
    if (!folder_.empty()) fs::remove_all(folder_, error_);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  bool usable() const { return !folder_.empty(); }
  fs::path object() const { return folder_ / "unit.o"; }

 private:
  fs::path folder_;
  std::error_code error_;
};

// Assembler options can write files and start nothing; only those that decide what is asked here are handed on.
bool is_wanted(std::string_view word) {
  if (word.starts_with("-Wa,"))
    return matches_any(word, {"-Wa,--execstack", "-Wa,--noexecstack", "-Wa,-m*"}) &&
           word.find(',', 4) == std::string_view::npos;
  return !is_output_or_plugin(word) && word.starts_with("-");
}

Words assemble_command(const Unit& unit, const fs::path& object) {
  Words argv{unit.driver};
  for (size_t i = 0; i < unit.flags.size(); ++i) {
    const bool separate = takes_next_word(unit.flags[i]) && i + 1 < unit.flags.size();
    if (is_wanted(unit.flags[i])) {
      argv.push_back(unit.flags[i]);
      if (separate) argv.push_back(unit.flags[i + 1]);
    }
    if (separate) ++i;
  }
  argv.insert(argv.end(), {"-c", unit.source, "-o", object.string()});
  return argv;
}

bool guards_branches(const elf::ElfFile& object) {
  const uint32_t type =
      object.machine() == "aarch64" ? GNU_PROPERTY_AARCH64_FEATURE_1_AND : GNU_PROPERTY_X86_FEATURE_1_AND;
  constexpr uint32_t kBoth = 3;  // IBT and SHSTK, BTI and PAC
  return (object.property(type).value_or(0) & kBoth) == kBoth;
}

bool read_object(const fs::path& file, AssemblyFacts& facts) {
  const auto object = elf::ElfFile::open(file);
  if (!object) return false;
  const elf::Section* note = object->section(kStackNote);
  facts.stack_note = note != nullptr;
  facts.stack_executable = note != nullptr && (note->header.sh_flags & SHF_EXECINSTR) != 0;
  facts.branch_note = guards_branches(*object);
  facts.assembled = true;
  return true;
}

bool assemble(const Unit& unit, AssemblyFacts& facts) {
  const Scratch scratch;
  if (!scratch.usable()) return false;
  ProcessOptions options;
  options.environment = unit.environment;
  options.limit = std::chrono::seconds(60);
  const auto run = run_process(assemble_command(unit, scratch.object()), unit.directory, options);
  return run && run->exit_code == 0 && read_object(scratch.object(), facts);
}

void read_text(const Unit& unit, AssemblyFacts& facts) {
  const auto text = report::read_file(unit.absolute_source());
  if (!text) return;
  const size_t note = text->find(kStackNote);
  facts.stack_note = note != std::string::npos;
  if (facts.stack_note) {
    const std::string rest = text->substr(note, text->find('\n', note) - note);
    const size_t flags = rest.find(",\"");
    facts.stack_executable = flags != std::string::npos && rest.substr(flags + 2, 1) != "\"" &&
                             rest.substr(flags, rest.find('"', flags + 2) - flags).find('x') != std::string::npos;
  }
  facts.branch_note =
      text->find(".note.gnu.property") != std::string::npos || text->find("<cet.h>") != std::string::npos;
}

}  // namespace

AssemblyFacts assembly_facts(const Unit& unit, const EffectiveFlags* effective, bool may_execute) {
  AssemblyFacts facts;
  facts.wants_branch_note =
      effective != nullptr && (effective->has_macro("__CET__") || effective->has_macro("__ARM_FEATURE_BTI_DEFAULT"));
  if (effective == nullptr || !may_execute || !assemble(unit, facts)) read_text(unit, facts);
  return facts;
}

}  // namespace proofmark::analyze
