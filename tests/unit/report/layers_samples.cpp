// SPDX-License-Identifier: Apache-2.0
//
// See layers_samples.h. The places in handler.c are those of data/src/net/handler.c.
#include "layers_samples.h"

#include <algorithm>

#include "report/digest.h"

namespace proofmark::test {
namespace {

using report::CheckedUnit;
using report::EvidenceKind;
using report::Finding;
using report::Layers;
using report::LayerState;
using report::Level;
using report::RealisedFunction;
using report::SourceFunction;
using report::UnitLayers;
using report::UnitProtection;

const std::string kStrong = "-fstack-protector-strong";
const std::string kHostileUnit = "/src/<script>alert('unit')</script>.c";
const std::string kHostileSymbol = "<img src=x onerror=alert(1)>";

UnitProtection fortify(LayerState state, std::string requested, std::string effective, std::string reason = {}) {
  return {"PMF002", "fortify", std::move(requested), std::move(effective), state, std::move(reason), Level::kMust};
}

UnitProtection branches(LayerState state) {
  const bool held = state == LayerState::kHeld;
  return {"PMF005",
          "branch-protection",
          "-fcf-protection=full",
          "full",
          state,
          held ? "" : "freestanding code is entered by address",
          Level::kMust};
}

UnitProtection aliasing() {
  return {"PMF010", "", "", "on", LayerState::kMissing, "not requested, effective on", Level::kShould};
}

std::vector<UnitProtection> all_held() {
  return {canary(LayerState::kHeld, kStrong, kStrong), fortify(LayerState::kHeld, "-D_FORTIFY_SOURCE=3", "level 3"),
          branches(LayerState::kHeld)};
}

void add_unit(Layers& layers, const std::string& name, std::vector<UnitProtection> protections, bool analysed = true) {
  layers.evidence.units.push_back({name, name.substr(1), report::sha256_hex("source of " + name),
                                   report::sha256_hex("command of " + name), analysed});
  layers.units.push_back({name, "Clang 19.1.7 for x86_64-pc-linux-gnu", std::move(protections), {}});
}

Finding finding(std::string rule, const std::string& unit, unsigned line, std::string message) {
  Finding finding;
  finding.rule = std::move(rule);
  finding.message = std::move(message);
  finding.where = {unit, line, 1};
  finding.unit = unit.substr(1);
  return finding;
}

Finding waived(Finding finding) {
  finding.waived_by = "alice";
  finding.waiver_reason = "runs before the guard is set up";
  return finding;
}

report::Evidence header(EvidenceKind kind) {
  report::Evidence evidence;
  evidence.kind = kind;
  evidence.tool = kind == EvidenceKind::kCheck ? "proofmark-analyze" : "proofmark-elf";
  evidence.tool_version = "0.1.0";
  evidence.board = "qemu-amd64";
  evidence.policy = "openssf-2026-06";
  evidence.policy_sha256 = report::sha256_hex("policy");
  return evidence;
}

// A function of the sample's machine code; the bytes and addresses are made up.
RealisedFunction realised(std::string symbol, std::string unit, std::uint64_t address, LayerState canary,
                          LayerState fortify = LayerState::kNotApplicable) {
  const bool lacks = canary == LayerState::kMissing;
  return {std::move(symbol),
          std::move(unit),
          "",
          address,
          96,
          {{"canary", canary, lacks ? "does not call __stack_chk_fail" : "calls __stack_chk_fail"},
           {"fortify", fortify, ""},
           {"branch-protection", LayerState::kHeld, "endbr64"}},
          lacks ? std::vector<std::string>{"push   %rbp", "sub    $0x50,%rsp", "call   memcpy", "add    $0x50,%rsp",
                                           "pop    %rbp", "ret"}
                : std::vector<std::string>{}};
}

void add_handler(Layers& layers) {
  const std::string file = "/src/net/handler.c";
  add_unit(layers, file, all_held());
  layers.units.back().functions = {{"is_word", {file, 6, 12}, 8, false, 0, {}},
                                   {"handle_command", {file, 11, 5}, 19, true, 1, {"PMS201"}},
                                   {"parse_header", {file, 21, 5}, 25, true, 1, {}},
                                   {"copy_topic", {file, 27, 5}, 31, true, 1, {}}};
  layers.evidence.findings.push_back(
      finding("PMS201", file, 10, "'handle_command' has no stack protector: attribute no_stack_protector"));
}

void add_early(Layers& layers) {
  const std::string file = "/src/early.c";
  add_unit(layers, file, all_held());
  layers.units.back().functions = {{"early_init", {file, 30, 6}, 34, true, 0, {"PMS201"}}};
  layers.evidence.findings.push_back(
      waived(finding("PMS201", file, 29, "'early_init' has no stack protector: attribute no_stack_protector")));
}

void add_encoder(Layers& layers) {
  const std::string file = "/src/modbus/encoder.c";
  auto protections = all_held();
  protections[0] = canary(LayerState::kMissing, kStrong + " -fno-stack-protector", "none",
                          "requested " + kStrong + ", effective none: -fno-stack-protector comes later");
  protections[1] = fortify(LayerState::kMissing, "", "level 0", "not requested, effective level 0 (expected 3)");
  add_unit(layers, file, std::move(protections));
  layers.units.back().functions = {{"encode", {file, 7, 6}, 15, true, 1, {}}};
  layers.evidence.findings.push_back(finding("PMF003", file, 0, "stack-protector-strong: requested " + kStrong));
  layers.evidence.findings.push_back(finding("PMF002", file, 0, "fortify-source: not requested"));
}

}  // namespace

UnitProtection canary(LayerState state, std::string requested, std::string effective, std::string reason) {
  return {"PMF003", "canary", std::move(requested), std::move(effective), state, std::move(reason), Level::kMust};
}

Layers check_layers() {
  Layers layers{header(EvidenceKind::kCheck), {}, {}};
  add_handler(layers);
  add_early(layers);
  add_encoder(layers);
  add_unit(layers, kHostileUnit, all_held());
  layers.units.back().functions = {{kHostileSymbol, {kHostileUnit, 3, 1}, 9, true, 0, {}}};
  add_unit(layers, "/src/unused.c", {canary(LayerState::kHeld, kStrong, kStrong), aliasing()});
  add_unit(layers, "/src/broken.c", {}, false);
  report::conclude(layers.evidence, false);
  return layers;
}

Layers audit_layers() {
  Layers layers{header(EvidenceKind::kAudit), {}, {}};
  report::Evidence& evidence = layers.evidence;
  evidence.artifact = {report::sha256_hex("gateway"), 877352, "00ff17", "x86_64", "static-pie"};
  evidence.properties = {"static", "pie", "relro", "bind-now", "nx-stack"};
  evidence.elf_units = {"/src/net/handler.c", "/src/early.c",  "/src/modbus/encoder.c",
                        kHostileUnit,         "/src/broken.c", "/src/extra.c"};
  evidence.prebuilt = {{"crti.o", 1, true, "platform-team", "start files of the pinned sysroot"},
                       {"libc.a", 487, true, "platform-team", "pinned by hash in sysroot.lock"},
                       {"libvendor.a", 3, false, "", ""}};
  Finding note = finding("PME010", "/build/gateway", 0, "not marked for IBT and SHSTK: crti.o drops the note");
  note.hint = "build the start files with -fcf-protection=full";
  evidence.findings.push_back(note);
  layers.functions = {realised("handle_command", "/src/net/handler.c", 0x1000, LayerState::kMissing, LayerState::kHeld),
                      realised("parse_header", "/src/net/handler.c", 0x1060, LayerState::kHeld, LayerState::kHeld),
                      realised("copy_topic", "/src/net/handler.c", 0x10c0, LayerState::kMissing, LayerState::kHeld),
                      realised("copy_topic.cold", "/src/net/handler.c", 0x1120, LayerState::kNotApplicable),
                      realised("early_init", "/src/early.c", 0x1180, LayerState::kMissing),
                      realised("encode", "/src/modbus/encoder.c", 0x11e0, LayerState::kMissing, LayerState::kMissing),
                      realised(kHostileSymbol, kHostileUnit, 0x1240, LayerState::kHeld),
                      realised("extra", "/src/extra.c", 0x12a0, LayerState::kMissing),
                      realised("printf", "", 0x1300, LayerState::kHeld)};
  layers.functions.back().origin = "libc.a(printf.o)";
  report::conclude(evidence, false);
  return layers;
}

Layers sound_check_layers() {
  Layers layers{header(EvidenceKind::kCheck), {}, {}};
  add_unit(layers, "/src/main.c", all_held());
  layers.units.back().functions = {{"main", {"/src/main.c", 5, 5}, 9, true, 1, {}},
                                   {"helper", {"/src/main.c", 1, 12}, 3, true, 0, {}}};
  report::conclude(layers.evidence, false);
  return layers;
}

Layers sound_audit_layers() {
  Layers layers{header(EvidenceKind::kAudit), {}, {}};
  layers.evidence.artifact = {report::sha256_hex("main"), 4096, "00ff17", "x86_64", "static-pie"};
  layers.evidence.properties = {"pie", "branch-protection"};
  layers.evidence.elf_units = {"/src/main.c"};
  layers.functions = {realised("main", "/src/main.c", 0x1000, LayerState::kHeld, LayerState::kHeld)};
  report::conclude(layers.evidence, false);
  return layers;
}

UnitLayers& unit(Layers& layers, std::string_view name) {
  return *std::ranges::find(layers.units, name, &UnitLayers::name);
}

SourceFunction& source_function(Layers& layers, std::string_view symbol) {
  for (UnitLayers& one : layers.units) {
    const auto found = std::ranges::find(one.functions, symbol, &SourceFunction::symbol);
    if (found != one.functions.end()) return *found;
  }
  std::abort();
}

RealisedFunction& realised_function(Layers& layers, std::string_view symbol) {
  return *std::ranges::find(layers.functions, symbol, &RealisedFunction::symbol);
}

}  // namespace proofmark::test
