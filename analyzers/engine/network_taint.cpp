// SPDX-License-Identifier: Apache-2.0
//
// The checker; see network_taint.h.
#include "engine/network_taint.h"

#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/input_functions.h"
#include "engine/value_bounds.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <clang/AST/ParentMap.h>
#include <clang/StaticAnalyzer/Checkers/Taint.h>
#include <clang/StaticAnalyzer/Core/BugReporter/BugType.h>
#include <clang/StaticAnalyzer/Core/BugReporter/CommonBugCategories.h>
#include <clang/StaticAnalyzer/Core/Checker.h>
#include <clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h>
#include <clang/StaticAnalyzer/Core/PathSensitive/CheckerContext.h>
#include <clang/StaticAnalyzer/Core/PathSensitive/DynamicExtent.h>
#include <clang/StaticAnalyzer/Frontend/CheckerRegistry.h>
#pragma clang diagnostic pop

namespace proofmark::analyze {
namespace {

namespace ento = clang::ento;
namespace taint = clang::ento::taint;

// A length that an input function returned. A taint of its own kind, which Clang's checkers do not know: they can't see
// that what a loop of reads adds up stays within the buffer that it was bounded by.
constexpr taint::TaintTagType kLength = 1;
constexpr double kLargestAllocation = 268435456;  // bytes: the largest MQTT message; more is nothing that firmware has

std::string_view name_of(const ento::CallEvent& call) {
  const auto* function = llvm::dyn_cast_or_null<clang::FunctionDecl>(call.getDecl());
  if (function == nullptr || function->getIdentifier() == nullptr) return {};
  llvm::StringRef name = function->getName();
  name.consume_front("__builtin_");
  return {name.data(), name.size()};
}

// Marks what the pointer points to: the variable, or the whole array that it is inside of.
ento::ProgramStateRef taint_pointee(ento::ProgramStateRef state, ento::SVal pointer, const clang::ASTContext& tree) {
  const ento::MemRegion* region = pointer.getAsRegion();
  if (region == nullptr) return state;
  const auto* typed = llvm::dyn_cast<ento::TypedValueRegion>(region->StripCasts());
  const bool is_typed = typed != nullptr && !typed->getValueType()->isVoidType();
  const ento::SVal value = is_typed ? state->getSVal(typed) : state->getSVal(region, tree.CharTy);
  const auto* derived = llvm::dyn_cast_or_null<ento::SymbolDerived>(value.getAsSymbol());
  if (derived == nullptr) return taint::addTaint(state, value);
  // Only that array, not the structure that it is a member of and that has the same parent symbol.
  const ento::SubRegion* whole = derived->getRegion();
  while (const auto* element = llvm::dyn_cast<ento::ElementRegion>(whole)) {
    const auto* super = llvm::dyn_cast<ento::SubRegion>(element->getSuperRegion());
    if (super == nullptr) break;
    whole = super;
  }
  return taint::addPartialTaint(state, derived->getParentSymbol(), whole);
}

class NetworkTaint : public ento::Checker<ento::check::BeginFunction, ento::check::PreCall, ento::check::PostCall,
                                          ento::check::PreStmt<clang::CXXNewExpr>,
                                          ento::check::PostStmt<clang::ArraySubscriptExpr>, ento::eval::Assume> {
 public:
  // The messages that a library hands to a callback.
  void checkBeginFunction(ento::CheckerContext& context) const {
    if (!context.inTopFrame()) return;
    const auto* function = llvm::dyn_cast_or_null<clang::FunctionDecl>(context.getLocationContext()->getDecl());
    if (function == nullptr) return;
    ento::ProgramStateRef state = context.getState();
    for (const clang::ParmVarDecl* parameter : function->parameters())
      state = taint_message(state, *parameter, context);
    if (state != context.getState()) context.addTransition(state);
  }

  void checkPostCall(const ento::CallEvent& call, ento::CheckerContext& context) const {
    const std::string_view name = name_of(call);
    if (name.empty()) return;
    ento::ProgramStateRef state = context.getState();
    if (is_byte_order_function(name)) {
      if (call.getNumArgs() == 1 && taint::isTainted(state, call.getArgSVal(0)))
        context.addTransition(taint::addTaint(state, call.getReturnValue()));
      return;
    }
    const InputFunction* input = find(name);
    if (input == nullptr) return;
    for (const int argument : {int{input->first}, int{input->second}})
      if (argument >= 0 && static_cast<unsigned>(argument) < call.getNumArgs())
        state = taint_pointee(state, call.getArgSVal(static_cast<unsigned>(argument)), context.getASTContext());
    if (input->capacity >= 0 && static_cast<unsigned>(input->capacity) < call.getNumArgs())
      state = taint_length(state, call, static_cast<unsigned>(input->capacity), context);
    if (state == context.getState()) return;
    const ento::NoteTag* note = context.getNoteTag(
        [text = fmt::format("'{}' takes in what a sender chooses", name)](ento::PathSensitiveBugReport& report) {
          const bool is_about_taint = report.getBugType().getCategory() == ento::categories::TaintedData;
          return is_about_taint ? text : std::string();
        });
    context.addTransition(state, note);
  }

  void checkPreCall(const ento::CallEvent& call, ento::CheckerContext& context) const {
    const std::string_view name = name_of(call);
    const SizedFunction* sized = name.empty() ? nullptr : find_sized_function(name);
    if (sized == nullptr) return;
    std::vector<const clang::Expr*> factors;
    for (const int argument : {int{sized->size}, int{sized->count}})
      if (argument >= 0 && static_cast<unsigned>(argument) < call.getNumArgs())
        factors.push_back(call.getArgExpr(static_cast<unsigned>(argument)));
    const auto bounds = untrusted_bounds(factors, context);
    if (!bounds) return;
    const bool is_allocation = sized->written < 0 && sized->read < 0;
    const std::string fault = is_allocation ? allocation_fault(*bounds) : access_fault(*sized, call, *bounds, context);
    if (!fault.empty()) report(fmt::format("{}, in {}", fault, name), factors, context);
  }

  void checkPreStmt(const clang::CXXNewExpr* expression, ento::CheckerContext& context) const {
    const std::optional<const clang::Expr*> count = expression->getArraySize();
    if (!count || *count == nullptr) return;
    auto bounds = untrusted_bounds({*count}, context);
    if (!bounds) return;
    const clang::CharUnits element = context.getASTContext().getTypeSizeInChars(expression->getAllocatedType());
    bounds->most *= static_cast<double>(element.getQuantity());
    if (const std::string fault = allocation_fault(*bounds); !fault.empty())
      report(fault + ", in new", {*count}, context);
  }

  // "if (received < length) return;": what is compared with a value that has a limit has that limit too. The analyzer
  // itself knows only that one is not less than the other, and forgets that when `received` is no longer used.
  ento::ProgramStateRef evalAssume(ento::ProgramStateRef state, const ento::SVal& condition, bool assumption) const {
    const auto* two = llvm::dyn_cast_or_null<ento::SymSymExpr>(condition.getAsSymbol());
    if (two == nullptr || !clang::BinaryOperator::isRelationalOp(two->getOpcode())) return state;
    clang::BinaryOperatorKind kind = two->getOpcode();
    if (!assumption) kind = clang::BinaryOperator::negateComparisonOp(kind);
    const bool left_is_less = kind == clang::BO_LT || kind == clang::BO_LE;
    const ento::SymbolRef less = left_is_less ? two->getLHS() : two->getRHS();
    if (!less->getType()->isIntegralOrEnumerationType() || !taint::isTainted(state, less)) return state;
    return limit(state, less, value_bounds(state, left_is_less ? two->getRHS() : two->getLHS()).most);
  }

  // text[length] = 0, after a read that may have filled all of text.
  void checkPostStmt(const clang::ArraySubscriptExpr* expression, ento::CheckerContext& context) const {
    const auto* element = llvm::dyn_cast_or_null<ento::ElementRegion>(context.getSVal(expression).getAsRegion());
    if (element == nullptr || !is_length(element->getIndex(), context)) return;
    const Bounds bounds = value_bounds(context.getState(), element->getIndex().getAsSymbol());
    const auto extent = extent_of(ento::loc::MemRegionVal(element->getSuperRegion()), context);
    const clang::CharUnits size = context.getASTContext().getTypeSizeInChars(element->getElementType());
    if (!extent) return;
    const bool is_negative = bounds.least < 0;
    if (!is_negative && (bounds.most + 1) * static_cast<double>(size.getQuantity()) <= *extent) return;
    const clang::Stmt* user = context.getLocationContext()->getParentMap().getParentIgnoreParens(expression);
    const auto* assignment = llvm::dyn_cast_or_null<clang::BinaryOperator>(user);
    const bool is_written =
        assignment != nullptr && assignment->isAssignmentOp() && assignment->getLHS()->IgnoreParens() == expression;
    report(fmt::format("Untrusted length can be {}: it is memory {} the array that is {}",
                       is_negative ? "negative, since an error is not looked for" : "that of the whole array",
                       is_negative ? "before" : "behind", is_written ? "written" : "read"),
           {}, context);
  }

  // As kNetworkTaintSources has them; a policy's were checked when it was read.
  void add_sources(llvm::StringRef words) {
    for (const llvm::StringRef word : llvm::split(words, ';')) {
      const auto [name, argument] = word.split(':');
      std::int8_t number = 0;
      if (!argument.getAsInteger(10, number)) own_.emplace_back(name.str(), number);
    }
    for (const auto& [name, argument] : own_) own_inputs_.push_back({name, argument});
  }

 private:
  const InputFunction* find(std::string_view name) const {
    for (const InputFunction& own : own_inputs_)
      if (own.name == name) return &own;
    return find_input_function(name);
  }

  static ento::ProgramStateRef limit(ento::ProgramStateRef state, ento::SymbolRef symbol, double most) {
    ento::BasicValueFactory& values = state->getStateManager().getBasicVals();
    const ento::APSIntType type = values.getAPSIntType(symbol->getType());
    const Bounds now = value_bounds(state, symbol);
    if (most < 0 || most >= now.most || most >= static_cast<double>(std::numeric_limits<std::int64_t>::max()))
      return state;
    const auto limited = state->assumeInclusiveRange(ento::nonloc::SymbolVal(symbol), type.getMinValue(),
                                                     type.getValue(static_cast<std::uint64_t>(most)), true);
    return limited ? limited : state;
  }

  // What is returned is chosen by the sender, and no more than there is room for.
  static ento::ProgramStateRef taint_length(ento::ProgramStateRef state, const ento::CallEvent& call, unsigned capacity,
                                            ento::CheckerContext& context) {
    ento::SValBuilder& values = context.getSValBuilder();
    const clang::QualType type = call.getResultType();
    const ento::SVal length = call.getReturnValue();
    const ento::SVal room = values.evalCast(call.getArgSVal(capacity), type, call.getArgExpr(capacity)->getType());
    const auto fits = values.evalBinOp(state, clang::BO_LE, length, room, values.getConditionType());
    if (const auto condition = fits.getAs<ento::DefinedSVal>())
      if (const ento::ProgramStateRef constrained = state->assume(*condition, true)) state = constrained;
    return taint::addTaint(state, length, kLength);
  }

  static ento::ProgramStateRef taint_message(ento::ProgramStateRef state, const clang::ParmVarDecl& parameter,
                                             const ento::CheckerContext& context) {
    if (!parameter.getType()->isPointerType()) return state;
    const clang::RecordDecl* record = parameter.getType()->getPointeeType()->getAsRecordDecl();
    record = record == nullptr ? nullptr : record->getDefinition();
    if (record == nullptr) return state;
    const clang::TypedefNameDecl* alias = record->getTypedefNameForAnonDecl();
    const llvm::StringRef type = alias != nullptr ? alias->getName() : record->getName();
    if (!is_message_type({type.data(), type.size()})) return state;
    const ento::SVal pointer = state->getSVal(state->getRegion(&parameter, context.getLocationContext()));
    for (const clang::FieldDecl* field : record->fields()) {
      const llvm::StringRef member = field->getName();
      if (!is_message_member({member.data(), member.size()})) continue;
      const auto place = state->getLValue(field, pointer).getAs<ento::Loc>();
      if (place) state = taint::addTaint(state, state->getSVal(*place));
    }
    return state;
  }

  // The length itself, or a constant more or less.
  static bool is_length(ento::SVal value, const ento::CheckerContext& context) {
    ento::SymbolRef symbol = value.getAsSymbol();
    if (const auto* sum = llvm::dyn_cast_or_null<ento::SymIntExpr>(symbol); sum != nullptr)
      if (clang::BinaryOperator::isAdditiveOp(sum->getOpcode())) symbol = sum->getLHS();
    return llvm::isa_and_nonnull<ento::SymbolData>(symbol) && taint::isTainted(context.getState(), symbol, kLength);
  }

  // Of the product of the values; nothing when all of it is trusted, or none of it is known.
  static std::optional<Bounds> untrusted_bounds(const std::vector<const clang::Expr*>& factors,
                                                ento::CheckerContext& context) {
    std::optional<Bounds> product;
    bool is_untrusted = false;
    for (const clang::Expr* factor : factors) {
      const ento::SVal value = context.getSVal(factor);
      Bounds bounds;
      if (const llvm::APSInt* known = context.getSValBuilder().getKnownValue(context.getState(), value))
        bounds.least = bounds.most = static_cast<double>(known->getLimitedValue());
      else if (const ento::SymbolRef symbol = value.getAsSymbol())
        bounds = value_bounds(context.getState(), symbol);
      else
        return {};
      is_untrusted |= taint::isTainted(context.getState(), value) || is_length(value, context);
      product = product
                    ? Bounds{product->least * bounds.least, product->most * bounds.most, product->wraps || bounds.wraps}
                    : bounds;
    }
    return is_untrusted ? product : std::nullopt;
  }

  static std::string allocation_fault(const Bounds& bounds) {
    if (bounds.wraps) return "Untrusted size of an allocation, whose computation can wrap around";
    if (bounds.least < 0 || bounds.most > kLargestAllocation)
      return "Untrusted size of an allocation, without a limit that fits a device";
    return "";
  }

  static std::string access_fault(const SizedFunction& sized, const ento::CallEvent& call, const Bounds& bounds,
                                  ento::CheckerContext& context) {
    const auto is_too_much = [&](int argument) {
      if (argument < 0) return false;
      const auto extent = extent_of(call.getArgSVal(static_cast<unsigned>(argument)), context);
      return extent && (bounds.most > *extent || bounds.least < 0);
    };
    if (is_too_much(sized.written)) return "Untrusted length can be larger than the memory that is written";
    if (is_too_much(sized.read)) return "Untrusted length can be larger than the memory that is read";
    return "";
  }

  // Bytes from the pointer on to the end of its object, when that is a constant.
  static std::optional<double> extent_of(ento::SVal pointer, ento::CheckerContext& context) {
    const ento::SVal extent = ento::getDynamicExtentWithOffset(context.getState(), pointer);
    const llvm::APSInt* bytes = context.getSValBuilder().getKnownValue(context.getState(), extent);
    if (bytes == nullptr || bytes->isNegative()) return {};
    return static_cast<double>(bytes->getLimitedValue());
  }

  void report(const std::string& message, const std::vector<const clang::Expr*>& factors,
              ento::CheckerContext& context) const {
    ento::ExplodedNode* node = context.generateNonFatalErrorNode();
    if (node == nullptr) return;
    auto report = std::make_unique<ento::PathSensitiveBugReport>(type_, message, node);
    for (const clang::Expr* factor : factors) {
      for (const ento::SymbolRef symbol : taint::getTaintedSymbols(context.getState(), context.getSVal(factor)))
        report->markInteresting(symbol);
      ento::bugreporter::trackExpressionValue(node, factor, *report);
    }
    context.emitReport(std::move(report));
  }

  std::vector<std::pair<std::string, std::int8_t>> own_;
  std::vector<InputFunction> own_inputs_;  // their names are those of `own_`
  const ento::BugType type_{this, "Untrusted size", ento::categories::TaintedData};
};

void add_checker(ento::CheckerManager& manager) {
  auto* checker = manager.registerChecker<NetworkTaint>();
  const llvm::StringRef sources(kNetworkTaintSources.data(), kNetworkTaintSources.size());
  checker->add_sources(manager.getAnalyzerOptions().getCheckerStringOption(checker, sources));
}

}  // namespace

void register_network_taint(ento::CheckerRegistry& registry) {
  const llvm::StringRef name(kNetworkTaint.data(), kNetworkTaint.size());
  const llvm::StringRef sources(kNetworkTaintSources.data(), kNetworkTaintSources.size());
  registry.addChecker(
      add_checker, [](const ento::CheckerManager&) { return true; }, name, "Sizes from the network", "",
      /*IsHidden=*/false);
  registry.addCheckerOption("string", name, sources, "", "Functions that take in untrusted data", "released");
  // Clang's checker goes on as if each index were within bounds: it has to come second.
  registry.addWeakDependency("alpha.security.ArrayBoundV2", name);
}

}  // namespace proofmark::analyze
