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
  Reader(Dwarf* dwarf, const ElfFile& code, bool with_functions)
      : dwarf_(dwarf),
        with_functions_(with_functions),
        first_address_(code.link() == LinkType::kRelocatable ? 0 : 1),
        frame_atoms_(frame_atoms(code.header().e_machine)) {}

  // An empty text, or what is wrong with the DWARF.
  std::string run(DebugInfo& info) {
    info_ = &info;
    Dwarf_CU* unit = nullptr;
    int status = 0;
    std::uint8_t type = 0;
    Dwarf_Die root, split;
    while ((status = dwarf_get_units(dwarf_, unit, &unit, nullptr, &type, &root, &split)) == 0) {
      if (type != DW_UT_compile && type != DW_UT_skeleton) continue;
      if (dwarf_tag(&root) == DW_TAG_partial_unit) continue;
      add_unit(root, type, info);
      if (with_functions_) dwarf_getfuncs(&root, visit_function, this, 0);
    }
    if (status < 0) return dwarf_errmsg(-1);
    if (entries_ >= kMaxEntries) return "more debugging entries than the code can have";
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
    info.units.push_back((std::filesystem::path(folder) / name).lexically_normal().string());
    info.unit_names.push_back(info.units.back());
    if (!folder.empty()) info.compile_folders.push_back(folder);
    UnitRange range{0, 0, info.unit_names.size() - 1};
    Dwarf_Addr base = 0;
    std::ptrdiff_t next = 0;
    while ((next = dwarf_ranges(&root, next, &base, &range.begin, &range.end)) > 0 && ++entries_ < kMaxEntries) {
      if (range.begin < range.end && range.begin >= first_address_) info.ranges.push_back(range);
    }
  }

  static int visit_function(Dwarf_Die* function, void* self) {
    static_cast<Reader*>(self)->judge(*function);
    return DWARF_CB_OK;
  }

  void judge(Dwarf_Die& function) {
    Dwarf_Addr entry = 0;
    if (++entries_ >= kMaxEntries || dwarf_entrypc(&function, &entry) != 0) return;
    info_->functions.push_back({entry, keeps_array_on_stack(function)});
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
  DebugInfo* info_ = nullptr;
  bool with_functions_;
  GElf_Addr first_address_;  // linkers leave the units of code that they dropped at address 0
  std::array<unsigned, 3> frame_atoms_;
  std::map<Dwarf_Off, bool> holds_array_;
  std::size_t entries_ = 0;
};

void sort_once(std::vector<std::string>& texts) {
  std::ranges::sort(texts);
  const auto repeated = std::ranges::unique(texts);
  texts.erase(repeated.begin(), repeated.end());
}

}  // namespace

const DebugFunction* DebugInfo::function_at(GElf_Addr address) const {
  const auto found = std::ranges::lower_bound(functions, address, {}, &DebugFunction::address);
  return found == functions.end() || found->address != address ? nullptr : &*found;
}

std::string DebugInfo::unit_at(GElf_Addr address) const {
  auto after = std::ranges::upper_bound(ranges, address, {}, &UnitRange::begin);
  if (after == ranges.begin()) return {};
  const UnitRange& range = *std::prev(after);
  return address < range.end ? unit_names[range.unit] : std::string();
}

Result<DebugInfo> read_debug_info(const ElfFile& symbols, const ElfFile& code, bool with_functions) {
  DebugInfo info;
  if (symbols.section(".debug_info") == nullptr && symbols.section(".zdebug_info") == nullptr) return info;
  const std::unique_ptr<Dwarf, DwarfEnd> dwarf(dwarf_begin_elf(symbols.handle(), DWARF_C_READ, nullptr));
  std::string wrong = dwarf ? Reader(dwarf.get(), code, with_functions).run(info) : dwarf_errmsg(-1);
  if (!wrong.empty()) return tl::unexpected(Error{fmt::format("{}: damaged DWARF: {}", symbols.name(), wrong), {}});
  sort_once(info.units);
  sort_once(info.compile_folders);
  std::ranges::sort(info.ranges, {}, &UnitRange::begin);
  std::ranges::sort(info.functions, {}, &DebugFunction::address);
  return info;
}

}  // namespace proofmark::elf
