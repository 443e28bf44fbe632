// SPDX-License-Identifier: Apache-2.0
//
// Finds the functions, scans each, and joins what the other sources know of it.
#include "elf/functions.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

namespace proofmark::elf {
namespace {

constexpr std::size_t kMaxCodeBytes = 96U << 20U;  // of all functions together; hostile symbols may overlap
constexpr std::size_t kShown = 6;                  // instructions

// GCC moves what is rarely executed out of a function and calls it "f.cold".
std::string_view hot_name(std::string_view name) {
  const std::size_t cold = name.find(".cold");
  return cold == std::string_view::npos || cold == 0 ? std::string_view() : name.substr(0, cold);
}

void merge_cold_part(const CodeFacts& cold, CodeFacts& hot) {
  hot.returns = hot.returns || cold.returns;
  hot.calls_fail = hot.calls_fail || cold.calls_fail;
  hot.compares_guard = hot.compares_guard || cold.compares_guard;
  hot.saves_return_address = hot.saves_return_address || cold.saves_return_address;
  hot.loads_return_address = hot.loads_return_address || cold.loads_return_address;
  hot.signs_return_address = hot.signs_return_address || cold.signs_return_address;
  hot.checks_return_address = hot.checks_return_address || cold.checks_return_address;
  for (const auto& [name, count] : cold.checked_calls) hot.checked_calls[name] += count;
  for (const auto& [name, count] : cold.plain_calls) hot.plain_calls[name] += count;
  for (const auto& [feature, address] : cold.features) hot.features.emplace(feature, address);
}

void join_cold_parts(std::vector<ExaminedFunction>& all) {
  std::unordered_map<std::string_view, std::size_t> by_name;
  for (std::size_t index = 0; index < all.size(); ++index) by_name.emplace(all[index].symbol.name, index);
  std::vector<bool> joined(all.size(), false);
  for (std::size_t index = 0; index < all.size(); ++index) {
    const std::string_view hot = hot_name(all[index].symbol.name);
    const auto found = hot.empty() ? by_name.end() : by_name.find(hot);
    if (found == by_name.end()) continue;
    merge_cold_part(all[index].facts, all[found->second].facts);
    joined[index] = true;
  }
  std::size_t kept = 0;
  for (std::size_t index = 0; index < all.size(); ++index) {
    if (joined[index]) continue;
    if (kept != index) all[kept] = std::move(all[index]);
    ++kept;
  }
  all.resize(kept);
}

// In a stripped static file of arm64 the function that is called wherever a comparison fails is __stack_chk_fail.
void find_fail_function(std::vector<ExaminedFunction>& all) {
  std::unordered_map<GElf_Addr, unsigned> votes;
  for (const ExaminedFunction& function : all) {
    if (function.facts.fail_candidate != 0) ++votes[function.facts.fail_candidate];
  }
  GElf_Addr winner = 0;
  unsigned most = 1;  // one vote could be anything
  for (const auto& [address, count] : votes) {
    if (count > most || (count == most && count > 1 && address < winner)) {
      winner = address;
      most = count;
    }
  }
  if (winner == 0) return;
  for (ExaminedFunction& function : all) {
    if (function.facts.fail_candidate == winner) function.facts.calls_fail = true;
  }
}

void describe(const FunctionSources& sources, ExaminedFunction& function) {
  const GElf_Addr address = function.symbol.address;
  if (const DebugInfo* const info = sources.info; info != nullptr) {
    const DebugFunction* const known = info->function_at(address);
    if (known != nullptr) function.keeps_array = known->keeps_array;
    function.unit = info->unit_at(address);
    function.own = !function.unit.empty();
  }
  if (sources.map != nullptr) function.origin = sources.map->origin_of(address);
}

bool has_code(const ElfFile& file) {
  return std::ranges::any_of(file.segments(), [](const GElf_Phdr& segment) { return (segment.p_flags & PF_X) != 0; }) ||
         std::ranges::any_of(file.sections(), [](const Section& section) {
           return (section.header.sh_flags & SHF_EXECINSTR) != 0 && section.header.sh_size != 0;
         });
}

}  // namespace

Result<Functions> examine_functions(const FunctionSources& sources) {
  const auto refuse = [&](std::string_view why) {
    return tl::unexpected(Error{fmt::format("{}: {}", sources.code.name(), why), {}});
  };
  Functions functions;
  functions.symbols = std::make_unique<Symbols>(sources.code, sources.debug);
  functions.scanner = make_scanner(sources.code.header().e_machine, *functions.symbols);
  if (!functions.scanner) return refuse("code of this machine is not examined");
  functions.exact_names = functions.symbols->has_names();
  if (functions.symbols->functions().empty() && has_code(sources.code))
    return refuse("neither symbols nor unwind tables tell its functions");
  std::size_t bytes = 0;
  for (const FunctionSymbol& symbol : functions.symbols->functions()) bytes += symbol.size;
  if (bytes > kMaxCodeBytes) {
    return refuse(fmt::format("too much code to be examined (limit {} bytes, found {})", kMaxCodeBytes, bytes));
  }
  for (const FunctionSymbol& symbol : functions.symbols->functions()) {
    ExaminedFunction function;
    function.symbol = symbol;
    function.facts = functions.scanner->scan(symbol.address, sources.code.at_address(symbol.address, symbol.size));
    functions.all.push_back(std::move(function));
  }
  join_cold_parts(functions.all);
  if (!functions.exact_names) find_fail_function(functions.all);
  for (ExaminedFunction& function : functions.all) {
    describe(sources, function);
    function.protections = judge(function, sources.code.header().e_machine);
  }
  return functions;
}

const report::RealisedProtection* ExaminedFunction::protection(std::string_view property) const {
  const auto found = std::ranges::find(protections, property, &report::RealisedProtection::property);
  return found == protections.end() ? nullptr : &*found;
}

std::string ExaminedFunction::title() const {
  if (!unit.empty()) return fmt::format("{} ({})", symbol.name, unit);
  return origin.empty() ? symbol.name : fmt::format("{} ({})", symbol.name, origin);
}

std::vector<std::string> show(const ExaminedFunction& function, const Functions& functions, const ElfFile& code) {
  GElf_Addr from = 0;
  for (const report::RealisedProtection& protection : function.protections) {
    if (protection.state != report::LayerState::kMissing) continue;
    from = function.symbol.address;
    if (protection.property == "stack-clash" && function.facts.step_at != 0) from = function.facts.step_at;
    if (protection.property == "canary" && function.facts.guard_at != 0) from = function.facts.guard_at;
    break;
  }
  if (from < function.symbol.address || from - function.symbol.address >= function.symbol.size) return {};
  const GElf_Xword left = function.symbol.size - (from - function.symbol.address);
  return functions.scanner->disassemble(from, code.at_address(from, left), kShown);
}

report::RealisedFunction to_layer(const ExaminedFunction& function, const Functions& functions, const ElfFile& code) {
  return {function.symbol.name,           function.unit,        function.origin,
          function.symbol.address,        function.symbol.size, function.protections,
          show(function, functions, code)};
}

}  // namespace proofmark::elf
