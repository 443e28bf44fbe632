// SPDX-License-Identifier: Apache-2.0
//
// Walks DWARF with libdw. Loops over hostile structure have a depth or a step limit.
#include "elf/debug_info.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <memory>

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fmt/format.h>

#include "elf/canary_scan.h"

namespace proofmark::elf {
namespace {

constexpr unsigned kMaxTypeDepth = 8;            // structures in structures
constexpr unsigned kMaxScopeDepth = 64;          // blocks and inlined calls in one function
constexpr unsigned kMaxLocations = 256;          // parts of the code with different places for one variable
constexpr Dwarf_Word kMinArrayBytes = 8;         // GCC's ssp-buffer-size; smaller ones may live in a register
constexpr std::size_t kMaxEntries = 50'000'000;  // debugging entries visited in one file

// How DWARF addresses a function's frame: by its base, stack pointer or frame pointer.
std::array<unsigned, 3> frame_atoms(GElf_Half machine) {
  if (machine == EM_AARCH64) return {DW_OP_fbreg, DW_OP_breg31, DW_OP_breg29};
  return {DW_OP_fbreg, DW_OP_breg7, DW_OP_breg6};
}

struct DwarfEnd {
  void operator()(Dwarf* dwarf) const { dwarf_end(dwarf); }
};

class Reader {
 public:
  Reader(Dwarf* dwarf, const ElfFile& symbols, const ElfFile& code)
      : dwarf_(dwarf), scan_(symbols, code), frame_atoms_(frame_atoms(code.header().e_machine)) {}

  // An empty text, or what is wrong with the DWARF.
  std::string run(DebugInfo& info) {
    info.canary_judged = scan_.usable();
    Dwarf_CU* unit = nullptr;
    int status = 0;
    std::uint8_t type = 0;
    Dwarf_Die root, split;
    while ((status = dwarf_get_units(dwarf_, unit, &unit, nullptr, &type, &root, &split)) == 0) {
      if (type != DW_UT_compile && type != DW_UT_skeleton) continue;
      if (dwarf_tag(&root) == DW_TAG_partial_unit) continue;
      add_unit(root, type, info);
      if (info.canary_judged) dwarf_getfuncs(&root, visit_function, this, 0);
    }
    if (status < 0) return dwarf_errmsg(-1);
    if (entries_ >= kMaxEntries || scan_.exhausted()) return "more debugging entries than the code can have";
    info.guarded = guarded_;
    info.unguarded = std::move(unguarded_);
    return {};
  }

 private:
  static std::string text(Dwarf_Die& die, unsigned name) {
    Dwarf_Attribute attribute;
    const char* const value = dwarf_formstring(dwarf_attr(&die, name, &attribute));
    return value == nullptr ? "" : value;
  }

  // A split unit keeps its source's name in a .dwo file that is not part of the archive: the name of that file stands
  // in for it, and as no check covers such a name, the signer will refuse.
  void add_unit(Dwarf_Die& root, std::uint8_t type, DebugInfo& info) {
    const std::string folder = text(root, DW_AT_comp_dir);
    std::string name = text(root, type == DW_UT_skeleton ? DW_AT_dwo_name : DW_AT_name);
    if (name.empty()) name = "(unit without a name)";
    unit_ = (std::filesystem::path(folder) / name).lexically_normal().string();
    info.units.push_back(unit_);
    if (!folder.empty()) info.compile_folders.push_back(folder);
  }

  static int visit_function(Dwarf_Die* function, void* self) {
    static_cast<Reader*>(self)->judge(*function);
    return DWARF_CB_OK;
  }

  void judge(Dwarf_Die& function) {
    if (!keeps_array_on_stack(function)) return;
    const std::vector<CanaryScan::Range> ranges = ranges_of(function);
    if (std::ranges::any_of(ranges, [this](const auto& range) { return scan_.checks(range); })) {
      ++guarded_;
    } else if (std::ranges::any_of(ranges, [this](const auto& range) { return scan_.returns(range); })) {
      const char* const name = dwarf_diename(&function);
      unguarded_.push_back(fmt::format("{} ({})", name == nullptr ? "?" : name, unit_));
    }
  }

  // Usually one; cold parts of a function live elsewhere.
  static std::vector<CanaryScan::Range> ranges_of(Dwarf_Die& function) {
    std::vector<CanaryScan::Range> ranges;
    CanaryScan::Range range;
    Dwarf_Addr base = 0;
    std::ptrdiff_t next = 0;
    while ((next = dwarf_ranges(&function, next, &base, &range.begin, &range.end)) > 0 &&
           ranges.size() < kMaxScopeDepth) {
      ranges.push_back(range);
    }
    return ranges;
  }

  // Of the function itself and of what was inlined into it.
  bool keeps_array_on_stack(Dwarf_Die& function) {
    std::vector<Dwarf_Die> open;
    Dwarf_Die die;
    if (dwarf_child(&function, &die) != 0) return false;
    open.push_back(die);
    while (!open.empty() && ++entries_ < kMaxEntries) {
      Dwarf_Die current = open.back();
      open.pop_back();
      if (dwarf_tag(&current) == DW_TAG_variable && is_stack_array(current)) return true;
      if (dwarf_siblingof(&current, &die) == 0) open.push_back(die);
      if (is_scope(current) && open.size() < kMaxScopeDepth && dwarf_child(&current, &die) == 0) open.push_back(die);
    }
    return false;
  }

  static bool is_scope(Dwarf_Die& die) {
    const int tag = dwarf_tag(&die);
    return tag == DW_TAG_lexical_block || tag == DW_TAG_inlined_subroutine;
  }

  bool is_stack_array(Dwarf_Die& variable) {
    Dwarf_Attribute attribute;
    if (dwarf_attr(&variable, DW_AT_location, &attribute) == nullptr || !in_frame(attribute)) return false;
    Dwarf_Die type;
    if (dwarf_attr_integrate(&variable, DW_AT_type, &attribute) == nullptr) return false;
    return dwarf_formref_die(&attribute, &type) != nullptr && holds_array(type, 0);
  }

  // Whether the variable lives in the function's frame, at least in part of the code. A location through another
  // register than stack and frame pointer is somebody else's memory, such as the caller's for a returned structure.
  bool in_frame(Dwarf_Attribute& location) const {
    Dwarf_Op* operations = nullptr;
    std::size_t count = 0;
    Dwarf_Addr base = 0, begin = 0, end = 0;
    std::ptrdiff_t next = 0;
    for (unsigned entry = 0; entry < kMaxLocations; ++entry) {
      next = dwarf_getlocations(&location, next, &base, &begin, &end, &operations, &count);
      if (next <= 0) return false;
      if (count == 1 && std::ranges::find(frame_atoms_, operations[0].atom) != frame_atoms_.end()) return true;
    }
    return false;
  }

  // Unions are left out: the compilers disagree about arrays in them.
  bool holds_array(Dwarf_Die type, unsigned depth) {
    Dwarf_Die peeled;
    if (depth > kMaxTypeDepth || dwarf_peel_type(&type, &peeled) != 0) return false;
    const Dwarf_Off offset = dwarf_dieoffset(&peeled);
    if (const auto known = holds_array_.find(offset); known != holds_array_.end()) return known->second;
    bool& answer = holds_array_[offset];  // false while members are looked at, which ends a circle
    const int tag = dwarf_tag(&peeled);
    if (tag == DW_TAG_array_type) {
      Dwarf_Word bytes = 0;
      answer = dwarf_aggregate_size(&peeled, &bytes) == 0 && bytes >= kMinArrayBytes;
    } else if (tag == DW_TAG_structure_type || tag == DW_TAG_class_type) {
      const bool found = member_holds_array(peeled, depth);
      holds_array_[offset] = found;
      return found;
    }
    return answer;
  }

  bool member_holds_array(Dwarf_Die& structure, unsigned depth) {
    Dwarf_Die member, type;
    Dwarf_Attribute attribute;
    int status = dwarf_child(&structure, &member);
    for (; status == 0 && ++entries_ < kMaxEntries; status = dwarf_siblingof(&member, &member)) {
      const int tag = dwarf_tag(&member);
      if (tag != DW_TAG_member && tag != DW_TAG_inheritance) continue;
      if (dwarf_attr(&member, DW_AT_data_member_location, &attribute) == nullptr) continue;  // a static member
      if (dwarf_attr(&member, DW_AT_type, &attribute) == nullptr) continue;
      if (dwarf_formref_die(&attribute, &type) != nullptr && holds_array(type, depth + 1)) return true;
    }
    return false;
  }

  Dwarf* dwarf_;
  CanaryScan scan_;
  std::array<unsigned, 3> frame_atoms_;
  std::string unit_;
  std::map<Dwarf_Off, bool> holds_array_;
  std::size_t entries_ = 0;
  unsigned guarded_ = 0;
  std::vector<std::string> unguarded_;
};

void sort_once(std::vector<std::string>& texts) {
  std::ranges::sort(texts);
  const auto repeated = std::ranges::unique(texts);
  texts.erase(repeated.begin(), repeated.end());
}

}  // namespace

Result<DebugInfo> read_debug_info(const ElfFile& symbols, const ElfFile& code) {
  DebugInfo info;
  if (symbols.section(".debug_info") == nullptr && symbols.section(".zdebug_info") == nullptr) return info;
  const std::unique_ptr<Dwarf, DwarfEnd> dwarf(dwarf_begin_elf(symbols.handle(), DWARF_C_READ, nullptr));
  std::string wrong = dwarf ? Reader(dwarf.get(), symbols, code).run(info) : dwarf_errmsg(-1);
  if (!wrong.empty()) return tl::unexpected(Error{fmt::format("{}: damaged DWARF: {}", symbols.name(), wrong), {}});
  sort_once(info.units);
  sort_once(info.compile_folders);
  sort_once(info.unguarded);
  return info;
}

}  // namespace proofmark::elf
