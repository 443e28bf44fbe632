// SPDX-License-Identifier: Apache-2.0
//
// The checker; see unchecked_input.h.
#include "engine/unchecked_input.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "engine/clang_headers.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <clang/StaticAnalyzer/Core/BugReporter/BugType.h>
#include <clang/StaticAnalyzer/Core/BugReporter/CommonBugCategories.h>
#include <clang/StaticAnalyzer/Core/Checker.h>
#include <clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h>
#include <clang/StaticAnalyzer/Core/PathSensitive/CheckerContext.h>
#include <clang/StaticAnalyzer/Core/PathSensitive/ProgramStateTrait.h>
#include <clang/StaticAnalyzer/Frontend/CheckerRegistry.h>
#pragma clang diagnostic pop

namespace proofmark::analyze {
namespace {

// What is known of a variable that an input function was to fill.
struct Input {
  clang::ento::SymbolRef result = nullptr;  // the function's; nothing until it has returned, and when it is forgotten
  unsigned least = 0;          // the result that says that the variable was filled; 0: any pointer, or zero
  bool is_unverified = false;  // the result was forgotten, and it could still say that nothing came

  bool operator==(const Input& other) const {
    return result == other.result && least == other.least && is_unverified == other.is_unverified;
  }
  void Profile(llvm::FoldingSetNodeID& id) const {
    id.AddPointer(result);
    id.AddInteger(least);
    id.AddBoolean(is_unverified);
  }
};

}  // namespace
}  // namespace proofmark::analyze

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
REGISTER_MAP_WITH_PROGRAMSTATE(PendingInputs, const clang::ento::MemRegion*, proofmark::analyze::Input)
#pragma clang diagnostic pop

namespace proofmark::analyze {
namespace {

namespace ento = clang::ento;

struct Filling {
  std::string_view name;
  unsigned first;         // argument that points to what is filled
  unsigned least;         // result from which on it was; 0: a pointer that is not null, or zero
  int size = -1;          // argument that says how much is wanted
  bool has_more = false;  // each further argument wants one more
};

constexpr Filling kFilling[] = {
    {"read", 1, 1, 2},
    {"pread", 1, 1, 2},
    {"pread64", 1, 1, 2},
    {"recv", 1, 1, 2},
    {"recvfrom", 1, 1, 2},
    {"fread", 0, 1, 2},
    {"fgets", 0, 0},
    {"getcwd", 0, 0},
    {"readlink", 1, 1, 2},
    {"readlinkat", 2, 1, 3},
    {"realpath", 1, 0},
    {"stat", 1, 0},
    {"fstat", 1, 0},
    {"lstat", 1, 0},
    {"stat64", 1, 0},
    {"fstat64", 1, 0},
    {"lstat64", 1, 0},
    {"statvfs", 1, 0},
    {"fstatvfs", 1, 0},
    {"statfs", 1, 0},
    {"fstatfs", 1, 0},
    {"tcgetattr", 1, 0},
    {"getrlimit", 1, 0},
    {"getsockopt", 3, 0},
    {"getsockname", 1, 0},
    {"getpeername", 1, 0},
    {"gethostname", 0, 0},
    {"getrandom", 0, 1, 1},
    {"getentropy", 0, 0, 1},
    {"inet_pton", 2, 1},
    {"inet_aton", 1, 1},
    {"sscanf", 2, 1, -1, true},
    {"fscanf", 2, 1, -1, true},
    {"scanf", 1, 1, -1, true},
};

const Filling* find_filling(const ento::CallEvent& call) {
  const auto* function = llvm::dyn_cast_or_null<clang::FunctionDecl>(call.getDecl());
  if (function == nullptr || function->getIdentifier() == nullptr || !call.isGlobalCFunction()) return nullptr;
  std::string_view name{function->getName().data(), function->getName().size()};
  if (name.starts_with("__isoc99_") || name.starts_with("__isoc23_")) name.remove_prefix(9);
  for (const Filling& filling : kFilling)
    if (filling.name == name) return &filling;
  return nullptr;
}

// A local variable, or a member of one; nothing when the pointer points anywhere else.
const ento::SubRegion* local_variable(ento::SVal pointer) {
  const ento::MemRegion* region = pointer.getAsRegion();
  if (region == nullptr) return nullptr;
  region = region->StripCasts();
  while (const auto* element = llvm::dyn_cast<ento::ElementRegion>(region)) {
    if (!element->getIndex().isZeroConstant()) return nullptr;
    region = element->getSuperRegion();
  }
  if (!llvm::isa<ento::VarRegion, ento::FieldRegion>(region)) return nullptr;
  const bool is_local = llvm::isa<ento::StackLocalsSpaceRegion>(region->getMemorySpace());
  return is_local ? llvm::cast<ento::SubRegion>(region) : nullptr;
}

// Whether the first number or pointer in it has no value yet.
bool has_no_value(ento::ProgramStateRef state, const ento::SubRegion* region, ento::SValBuilder& values) {
  const clang::ASTContext& tree = values.getContext();
  while (const auto* typed = llvm::dyn_cast<ento::TypedValueRegion>(region)) {
    const clang::QualType type = typed->getValueType();
    if (const clang::ArrayType* array = tree.getAsArrayType(type)) {
      region = values.getRegionManager().getElementRegion(array->getElementType(), values.makeZeroArrayIndex(), region,
                                                          tree);
    } else if (const clang::RecordDecl* record = type->getAsRecordDecl()) {
      if (record->isUnion() || record->field_empty()) return false;
      region = values.getRegionManager().getFieldRegion(*record->field_begin(), region);
    } else {
      return state->getSVal(typed).isUndef();
    }
  }
  return false;
}

class UncheckedInput : public ento::Checker<ento::check::PreCall, ento::check::PostCall, ento::check::Location,
                                            ento::check::DeadSymbols, ento::check::RegionChanges> {
 public:
  void checkPreCall(const ento::CallEvent& call, ento::CheckerContext& context) const {
    const Filling* filling = find_filling(call);
    if (filling == nullptr) return look_at_arguments(call, context);
    ento::ProgramStateRef state = context.getState();
    // Nothing may be wanted: then a call that brings nothing has done all it was to do.
    if (filling->size >= 0 && !is_known(call, static_cast<unsigned>(filling->size), context)) return;
    for (unsigned i = filling->first; i < call.getNumArgs(); ++i) {
      const ento::SubRegion* variable = local_variable(call.getArgSVal(i));
      if (variable != nullptr && has_no_value(state, variable, context.getSValBuilder()))
        state = state->set<PendingInputs>(variable, Input{nullptr, filling->least + (i - filling->first), false});
      if (!filling->has_more) break;
    }
    context.addTransition(state);
  }

  void checkPostCall(const ento::CallEvent& call, ento::CheckerContext& context) const {
    const Filling* filling = find_filling(call);
    if (filling == nullptr) return;
    ento::ProgramStateRef state = with_range(context.getState(), *filling, call);
    for (unsigned i = filling->first; i < call.getNumArgs(); ++i) {
      const ento::SubRegion* variable = local_variable(call.getArgSVal(i));
      const Input* pending = variable == nullptr ? nullptr : state->get<PendingInputs>(variable);
      if (pending == nullptr) continue;
      const auto input = with_result(*pending, call, context);
      state = input ? state->set<PendingInputs>(variable, *input) : state->remove<PendingInputs>(variable);
    }
    const ento::NoteTag* note =
        context.getNoteTag([this, name = std::string(filling->name)](ento::PathSensitiveBugReport& report) {
          return &report.getBugType() == &type_ ? fmt::format("'{}' may fail here", name) : std::string();
        });
    if (state != context.getState()) context.addTransition(state, note);
  }

  void checkLocation(const ento::SVal& place, bool is_load, const clang::Stmt* statement,
                     ento::CheckerContext& context) const {
    if (is_load) look_at(place.getAsRegion(), statement, context);
  }

  // What was not found out of a result until now, nobody will find out.
  void checkDeadSymbols(ento::SymbolReaper& reaper, ento::CheckerContext& context) const {
    ento::ProgramStateRef state = context.getState();
    for (const auto& [region, input] : context.getState()->get<PendingInputs>()) {
      if (!reaper.isLiveRegion(region))
        state = state->remove<PendingInputs>(region);
      else if (input.result != nullptr && reaper.isDead(input.result))
        state = may_have_failed(state, input) ? state->set<PendingInputs>(region, Input{nullptr, 0, true})
                                              : state->remove<PendingInputs>(region);
    }
    if (state != context.getState()) context.addTransition(state);
  }

  ento::ProgramStateRef checkRegionChanges(ento::ProgramStateRef state, const ento::InvalidatedSymbols*,
                                           llvm::ArrayRef<const ento::MemRegion*>,
                                           llvm::ArrayRef<const ento::MemRegion*> changed,
                                           const clang::LocationContext*, const ento::CallEvent*) const {
    if (state->get<PendingInputs>().isEmpty()) return state;
    for (const ento::MemRegion* one : changed)
      for (const auto& [region, input] : state->get<PendingInputs>())
        if ((input.result != nullptr || input.is_unverified) && region->getBaseRegion() == one->getBaseRegion())
          state = state->remove<PendingInputs>(region);
    return state;
  }

 private:
  static bool is_known(const ento::CallEvent& call, unsigned argument, ento::CheckerContext& context) {
    return argument < call.getNumArgs() &&
           context.getSValBuilder().getKnownValue(context.getState(), call.getArgSVal(argument)) != nullptr;
  }

  // No less than -1, and of those that say nothing but whether they failed, no more than 0: "if (stat(...) == -1)" is enough.
  static ento::ProgramStateRef with_range(ento::ProgramStateRef state, const Filling& filling,
                                          const ento::CallEvent& call) {
    const auto result = call.getReturnValue().getAs<ento::NonLoc>();
    const clang::QualType type = call.getResultType();
    if (!result || !type->isSignedIntegerType()) return state;
    ento::BasicValueFactory& values = state->getBasicVals();
    const llvm::APSInt& most = filling.least == 0 ? values.getValue(0, type) : values.getMaxValue(type);
    const ento::ProgramStateRef limited =
        state->assumeInclusiveRange(*result, values.getValue(static_cast<std::uint64_t>(-1), type), most, true);
    return limited == nullptr ? state : limited;
  }

  // Nothing when the call can't fail on this path, or is followed into.
  static std::optional<Input> with_result(Input input, const ento::CallEvent& call,
                                          const ento::CheckerContext& context) {
    if (context.wasInlined) return {};
    const ento::SVal result = call.getReturnValue();
    input.result = result.getAsSymbol();
    input.is_unverified = call.getResultType()->isPointerType() && result.isZeroConstant();
    if (input.result == nullptr && !input.is_unverified) return {};
    return input;
  }

  static bool may_have_failed(const ento::ProgramStateRef& state, const Input& input) {
    if (input.is_unverified) return true;
    if (input.result == nullptr) return false;
    ento::SValBuilder& values = state->getStateManager().getSValBuilder();
    const ento::SVal result = values.makeSymbolVal(input.result);
    const bool is_pointer = input.result->getType()->isPointerType();
    if (is_pointer || input.least == 0) {
      const auto condition = result.getAs<ento::DefinedSVal>();
      return condition && state->assume(*condition, !is_pointer) != nullptr;
    }
    const auto less = values
                          .evalBinOp(state, clang::BO_LT, result,
                                     values.makeIntVal(input.least, input.result->getType()), values.getConditionType())
                          .getAs<ento::DefinedSVal>();
    return less && state->assume(*less, true) != nullptr;
  }

  // A function that only reads through the pointer. One whose length is the result reads nothing when nothing came.
  void look_at_arguments(const ento::CallEvent& call, ento::CheckerContext& context) const {
    if (context.getState()->get<PendingInputs>().isEmpty()) return;
    const clang::Decl* callee = call.getDecl();
    if (callee == nullptr || callee->hasBody()) return;
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(callee);
    const bool prints =
        function != nullptr && function->getIdentifier() != nullptr && function->getName().ends_with("printf");
    for (unsigned i = 0; i < call.getNumArgs(); ++i) {
      const bool is_named = i < call.parameters().size();
      if (!is_named && !prints) break;
      const clang::QualType type = is_named ? call.parameters()[i]->getType() : call.getArgExpr(i)->getType();
      if (!type->isPointerType() || (is_named && !type->getPointeeType().isConstQualified())) continue;
      const ento::SubRegion* variable = local_variable(call.getArgSVal(i));
      const Input* input = variable == nullptr ? nullptr : context.getState()->get<PendingInputs>(variable);
      if (input != nullptr && !is_measured(call, *input)) return look_at(variable, call.getArgExpr(i), context);
    }
  }

  static bool is_measured(const ento::CallEvent& call, const Input& input) {
    for (unsigned i = 0; i < call.getNumArgs() && input.result != nullptr; ++i) {
      const ento::SymbolRef symbol = call.getArgSVal(i).getAsSymbol();
      if (symbol == nullptr) continue;
      for (const ento::SymbolRef part : symbol->symbols())
        if (part == input.result) return true;
    }
    return false;
  }

  void look_at(const ento::MemRegion* region, const clang::Stmt* statement, ento::CheckerContext& context) const {
    ento::ProgramStateRef state = context.getState();
    const Input* input = nullptr;
    while (region != nullptr && (input = state->get<PendingInputs>(region)) == nullptr) {
      const auto* inner = llvm::dyn_cast<ento::SubRegion>(region);
      region = inner == nullptr ? nullptr : inner->getSuperRegion();
    }
    if (input == nullptr || (input->result == nullptr && !input->is_unverified)) return;
    const bool is_wrong = may_have_failed(state, *input);
    state = state->remove<PendingInputs>(region);
    ento::ExplodedNode* node = is_wrong ? context.generateNonFatalErrorNode(state) : context.addTransition(state);
    if (!is_wrong || node == nullptr) return;
    const std::string name = region->getDescriptiveName();
    // One report for each call that may have failed, however often what it left is read.
    const ento::ExplodedNode* origin = node;
    for (const ento::ExplodedNode* at = node->getFirstPred(); at != nullptr; at = at->getFirstPred()) {
      if (at->getState()->get<PendingInputs>(region) == nullptr) break;
      origin = at;
    }
    const clang::Stmt* call = origin->getStmtForDiagnostics();
    const clang::Stmt* unique = call == nullptr ? statement : call;
    auto report = std::make_unique<ento::PathSensitiveBugReport>(
        type_,
        fmt::format("{} is read, which is not filled when the call that was to fill it failed",
                    name.empty() ? "Memory" : name),
        node,
        ento::PathDiagnosticLocation::createBegin(unique, context.getSourceManager(), origin->getLocationContext()),
        origin->getLocationContext()->getDecl());
    report->addRange(statement->getSourceRange());
    context.emitReport(std::move(report));
  }

  const ento::BugType type_{this, "Unchecked input", ento::categories::UnixAPI};
};

}  // namespace

void register_unchecked_input(ento::CheckerRegistry& registry) {
  registry.addChecker([](ento::CheckerManager& manager) { manager.registerChecker<UncheckedInput>(); },
                      [](const ento::CheckerManager&) { return true; },
                      llvm::StringRef(kUncheckedInput.data(), kUncheckedInput.size()),
                      "Input is used when there is some", "",
                      /*IsHidden=*/false);
}

}  // namespace proofmark::analyze
