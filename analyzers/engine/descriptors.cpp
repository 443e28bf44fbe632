// SPDX-License-Identifier: Apache-2.0
//
// The checker; see descriptors.h.
#include "engine/descriptors.h"

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "engine/descriptor_calls.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <clang/AST/ParentMap.h>
#include <clang/StaticAnalyzer/Core/BugReporter/BugType.h>
#include <clang/StaticAnalyzer/Core/Checker.h>
#include <clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h>
#include <clang/StaticAnalyzer/Core/PathSensitive/CheckerContext.h>
#include <clang/StaticAnalyzer/Core/PathSensitive/ProgramStateTrait.h>
#include <clang/StaticAnalyzer/Frontend/CheckerRegistry.h>

// Whether what the symbol names is open (1) or closed (0). Both are forgotten when it escapes.
REGISTER_MAP_WITH_PROGRAMSTATE(KnownDescriptors, clang::ento::SymbolRef, unsigned)
#pragma clang diagnostic pop

namespace proofmark::analyze {
namespace {

namespace ento = clang::ento;

constexpr unsigned kClosed = 0, kOpen = 1;
constexpr std::uint64_t kLastStandard = 2;  // 0 to 2 are meant to stay open

std::string_view name_of(const ento::CallEvent& call) {
  const auto* function = llvm::dyn_cast_or_null<clang::FunctionDecl>(call.getDecl());
  if (function == nullptr || function->getIdentifier() == nullptr || !call.isGlobalCFunction()) return {};
  return {function->getName().data(), function->getName().size()};
}

// Whether the symbol can still be this much or more.
bool may_be_at_least(ento::ProgramStateRef state, ento::SymbolRef symbol, std::uint64_t least) {
  ento::SValBuilder& values = state->getStateManager().getSValBuilder();
  if (!symbol->getType()->isIntegralOrEnumerationType()) return true;
  const auto is = values.evalBinOp(state, clang::BO_GE, ento::nonloc::SymbolVal(symbol),
                                   values.makeIntVal(least, symbol->getType()), values.getConditionType());
  const auto condition = is.getAs<ento::DefinedSVal>();
  return !condition || state->assume(*condition, true) != nullptr;
}

// Forgets whatever can be reached from a value that goes where the analysis does not see it.
class Forget : public ento::SymbolVisitor {
 public:
  explicit Forget(ento::ProgramStateRef state) : state_(std::move(state)) {}
  bool VisitSymbol(ento::SymbolRef symbol) override {
    state_ = state_->remove<KnownDescriptors>(symbol);
    return true;
  }
  const ento::ProgramStateRef& state() const { return state_; }

 private:
  ento::ProgramStateRef state_;
};

ento::ProgramStateRef forget(const ento::ProgramStateRef& state, ento::SVal value) {
  Forget visitor(state);
  state->scanReachableSymbols(value, visitor);
  return visitor.state();
}

// open("/dev/null", O_RDWR) without a look at the result: it fills one of the standard descriptors.
bool is_ignored(const ento::CallEvent& call, const ento::CheckerContext& context) {
  const clang::Expr* expression = call.getOriginExpr();
  if (expression == nullptr) return true;
  const clang::Stmt* parent = context.getLocationContext()->getParentMap().getParentIgnoreParenCasts(expression);
  return parent == nullptr || llvm::isa<clang::CompoundStmt>(parent);
}

// fcntl(descriptor, F_SETLK, ...): the lock is held as long as the descriptor is open, often until the program ends.
bool takes_lock(std::string_view name, const ento::CallEvent& call, ento::CheckerContext& context) {
  if (name != "fcntl" && name != "fcntl64") return false;
  const llvm::APSInt* command =
      call.getNumArgs() < 2 ? nullptr : context.getSValBuilder().getKnownValue(context.getState(), call.getArgSVal(1));
  if (command == nullptr) return true;
  const std::uint64_t number = command->getLimitedValue();
  return number == 6 || number == 7 || number == 13 || number == 14 || number == 37 || number == 38;
}

class Descriptors
    : public ento::Checker<ento::check::PreCall, ento::check::PostCall, ento::check::DeadSymbols,
                           ento::check::PointerEscape, ento::check::Location, ento::check::PreStmt<clang::ReturnStmt>,
                           ento::check::PreStmt<clang::CastExpr>> {
 public:
  void checkPreCall(const ento::CallEvent& call, ento::CheckerContext& context) const {
    const std::string_view name = name_of(call);
    if (name.empty()) return;
    if (closes_descriptor(name) || closes_stream(name)) return close(call, closes_stream(name), context);
    for (const signed char number : borrowed_arguments(name)) {
      const ento::SymbolRef symbol = argument(call, number);
      const unsigned* known = symbol == nullptr ? nullptr : context.getState()->get<KnownDescriptors>(symbol);
      if (known == nullptr || *known != kClosed || !may_be_at_least(context.getState(), symbol, 0)) continue;
      return complain(use_, fmt::format("{} is used after it was closed, in {}", kind_of(symbol), name), symbol,
                      context);
    }
  }

  void checkPostCall(const ento::CallEvent& call, ento::CheckerContext& context) const {
    if (context.wasInlined) return;
    const std::string_view name = name_of(call);
    if (closes_descriptor(name) || closes_stream(name)) return;
    ento::ProgramStateRef state = hand_over(call, name, context);
    if (opens_pair(name) >= 0) return open_pair(call, opens_pair(name), state, context);
    if (opens_descriptor(name) && !is_ignored(call, context))
      if (const ento::SymbolRef symbol = call.getReturnValue().getAsSymbol())
        if (may_be_at_least(state, symbol, 0))
          return opened(state->set<KnownDescriptors>(symbol, kOpen), {symbol}, name, context);
    if (state != context.getState()) context.addTransition(state);
  }

  void checkDeadSymbols(ento::SymbolReaper& reaper, ento::CheckerContext& context) const {
    ento::ProgramStateRef state = context.getState();
    std::vector<ento::SymbolRef> lost;
    for (const auto& [symbol, known] : state->get<KnownDescriptors>()) {
      if (!reaper.isDead(symbol)) continue;
      if (known == kOpen && may_be_at_least(context.getState(), symbol, kLastStandard + 1)) lost.push_back(symbol);
      state = state->remove<KnownDescriptors>(symbol);
    }
    if (state == context.getState()) return;
    // With main the process ends, and with it whatever is open.
    const auto* function = llvm::dyn_cast_or_null<clang::FunctionDecl>(context.getLocationContext()->getDecl());
    if (context.inTopFrame() && function != nullptr && function->isMain()) lost.clear();
    ento::ExplodedNode* node = lost.empty() ? context.addTransition(state) : context.generateNonFatalErrorNode(state);
    if (node == nullptr) return;
    for (const ento::SymbolRef symbol : lost) report_leak(symbol, node, context);
  }

  ento::ProgramStateRef checkPointerEscape(ento::ProgramStateRef state, const ento::InvalidatedSymbols& escaped,
                                           const ento::CallEvent*, ento::PointerEscapeKind) const {
    for (const ento::SymbolRef symbol : escaped)
      if (const unsigned* known = state->get<KnownDescriptors>(symbol); known != nullptr && *known == kOpen)
        state = state->remove<KnownDescriptors>(symbol);
    return state;
  }

  // connections[descriptor].state = ...: whoever has the table has the descriptor.
  void checkLocation(const ento::SVal& place, bool is_load, const clang::Stmt*, ento::CheckerContext& context) const {
    const ento::MemRegion* region = is_load ? nullptr : place.getAsRegion();
    ento::ProgramStateRef state = context.getState();
    while (const auto* inner = llvm::dyn_cast_or_null<ento::SubRegion>(region)) {
      if (const auto* element = llvm::dyn_cast<ento::ElementRegion>(inner))
        if (const ento::SymbolRef symbol = element->getIndex().getAsSymbol())
          state = state->remove<KnownDescriptors>(symbol);
      region = inner->getSuperRegion();
    }
    if (state != context.getState()) context.addTransition(state);
  }

  void checkPreStmt(const clang::ReturnStmt* statement, ento::CheckerContext& context) const {
    if (!context.inTopFrame() || statement->getRetValue() == nullptr) return;
    context.addTransition(forget(context.getState(), context.getSVal(statement->getRetValue())));
  }

  // (void *)(intptr_t)descriptor: an argument of a thread, a key of a table.
  void checkPreStmt(const clang::CastExpr* expression, ento::CheckerContext& context) const {
    if (expression->getCastKind() != clang::CK_IntegralToPointer) return;
    context.addTransition(forget(context.getState(), context.getSVal(expression->getSubExpr())));
  }

 private:
  static ento::SymbolRef argument(const ento::CallEvent& call, int number) {
    if (number < 0 || static_cast<unsigned>(number) >= call.getNumArgs()) return nullptr;
    return llvm::dyn_cast_or_null<ento::SymbolData>(call.getArgSVal(static_cast<unsigned>(number)).getAsSymbol(true));
  }

  static std::string_view kind_of(ento::SymbolRef symbol) {
    return symbol->getType()->isPointerType() ? "Stream" : "Descriptor";
  }

  // Clang's unix.Stream has those that were opened on the path.
  static bool is_opened_stream(ento::SymbolRef symbol) {
    const auto* made = llvm::dyn_cast<ento::SymbolConjured>(symbol);
    const auto* call = made == nullptr ? nullptr : llvm::dyn_cast_or_null<clang::CallExpr>(made->getStmt());
    const clang::FunctionDecl* function = call == nullptr ? nullptr : call->getDirectCallee();
    if (function == nullptr || function->getIdentifier() == nullptr) return false;
    return opens_stream({function->getName().data(), function->getName().size()});
  }

  void close(const ento::CallEvent& call, bool is_stream, ento::CheckerContext& context) const {
    const ento::SymbolRef symbol = argument(call, 0);
    ento::ProgramStateRef state = context.getState();
    if (symbol == nullptr || (is_stream && is_opened_stream(symbol)) || !may_be_at_least(state, symbol, 0)) return;
    const unsigned* known = state->get<KnownDescriptors>(symbol);
    if (known != nullptr && *known == kClosed)
      return complain(twice_, fmt::format("{} is closed a second time", kind_of(symbol)), symbol, context);
    const ento::NoteTag* note = context.getNoteTag([this, symbol](ento::PathSensitiveBugReport& report) -> std::string {
      const bool is_ours = &report.getBugType() == &use_ || &report.getBugType() == &twice_;
      return is_ours && report.isInteresting(symbol) ? "It is closed here" : "";
    });
    context.addTransition(state->set<KnownDescriptors>(symbol, kClosed), note);
  }

  // Arguments that the function may keep are its own from here on.
  static ento::ProgramStateRef hand_over(const ento::CallEvent& call, std::string_view name,
                                         ento::CheckerContext& context) {
    ento::ProgramStateRef state = context.getState();
    const std::span<const signed char> borrowed = borrowed_arguments(name);
    const bool may_borrow = name == "fcntl" || name == "fcntl64" || !borrowed.empty();
    for (unsigned i = 0; i < call.getNumArgs(); ++i) {
      const ento::SVal value = call.getArgSVal(i);
      const bool is_lent = std::find(borrowed.begin(), borrowed.end(), static_cast<signed char>(i)) != borrowed.end();
      if (is_lent || (may_borrow && i == 0 && !takes_lock(name, call, context))) continue;
      if (!value.getAs<ento::Loc>())
        state = forget(state, value);
      else if (const ento::SymbolRef symbol = value.getAsLocSymbol())
        state = state->remove<KnownDescriptors>(symbol);
    }
    return state;
  }

  void open_pair(const ento::CallEvent& call, int number, const ento::ProgramStateRef& state,
                 ento::CheckerContext& context) const {
    const auto pair = call.getArgSVal(static_cast<unsigned>(number)).getAs<ento::Loc>();
    const auto result = call.getReturnValue().getAs<ento::DefinedSVal>();
    const ento::MemRegion* region = pair ? pair->getAsRegion() : nullptr;
    // What lies in memory that others can reach is theirs to close.
    if (!result || region == nullptr || !llvm::isa<ento::StackSpaceRegion>(region->getMemorySpace())) return;
    const auto [failed, succeeded] = state->assume(*result);
    if (failed != nullptr) context.addTransition(failed);
    if (succeeded != nullptr) open_elements(region, succeeded, name_of(call), context);
  }

  void open_elements(const ento::MemRegion* region, ento::ProgramStateRef state, std::string_view name,
                     ento::CheckerContext& context) const {
    ento::SValBuilder& values = context.getSValBuilder();
    std::vector<ento::SymbolRef> symbols;
    const auto* base = llvm::dyn_cast<ento::SubRegion>(region->StripCasts());
    if (base == nullptr) return;
    for (const std::uint64_t index : {0U, 1U}) {
      const ento::ElementRegion* element = values.getRegionManager().getElementRegion(
          context.getASTContext().IntTy, values.makeArrayIndex(index), base, context.getASTContext());
      const ento::SymbolRef symbol = state->getSVal(element).getAsSymbol();
      if (symbol == nullptr) continue;
      symbols.push_back(symbol);
      state = state->set<KnownDescriptors>(symbol, kOpen);
    }
    opened(state, symbols, name, context);
  }

  void opened(const ento::ProgramStateRef& state, const std::vector<ento::SymbolRef>& symbols, std::string_view name,
              ento::CheckerContext& context) const {
    const ento::NoteTag* note = context.getNoteTag(
        [this, symbols, text = fmt::format("'{}' opens it", name)](ento::PathSensitiveBugReport& report) {
          const bool is_ours =
              &report.getBugType() == &leak_ || &report.getBugType() == &use_ || &report.getBugType() == &twice_;
          const bool is_it = std::any_of(symbols.begin(), symbols.end(),
                                         [&report](ento::SymbolRef symbol) { return report.isInteresting(symbol); });
          return is_ours && is_it ? text : std::string();
        });
    context.addTransition(state, note);
  }

  void report_leak(ento::SymbolRef symbol, ento::ExplodedNode* node, ento::CheckerContext& context) const {
    // One report for each place that opens, however many ways lead to the loss.
    const ento::ExplodedNode* origin = node;
    for (const ento::ExplodedNode* at = node->getFirstPred(); at != nullptr; at = at->getFirstPred()) {
      if (at->getState()->get<KnownDescriptors>(symbol) == nullptr) break;
      origin = at;
    }
    const clang::Stmt* opening = origin->getStmtForDiagnostics();
    const std::string text = "Descriptor is never closed, and nothing knows it any more";
    std::unique_ptr<ento::PathSensitiveBugReport> report;
    if (opening != nullptr)
      report = std::make_unique<ento::PathSensitiveBugReport>(
          leak_, text, node,
          ento::PathDiagnosticLocation::createBegin(opening, context.getSourceManager(), origin->getLocationContext()),
          origin->getLocationContext()->getDecl());
    else
      report = std::make_unique<ento::PathSensitiveBugReport>(leak_, text, node);
    report->markInteresting(symbol);
    context.emitReport(std::move(report));
  }

  static void complain(const ento::BugType& type, const std::string& text, ento::SymbolRef symbol,
                       ento::CheckerContext& context) {
    ento::ExplodedNode* node = context.generateNonFatalErrorNode(context.getState()->remove<KnownDescriptors>(symbol));
    if (node == nullptr) return;
    auto report = std::make_unique<ento::PathSensitiveBugReport>(type, text, node);
    report->markInteresting(symbol);
    context.emitReport(std::move(report));
  }

  const ento::BugType leak_{this, "Descriptor leak", ento::categories::UnixAPI, /*SuppressOnSink=*/true};
  const ento::BugType use_{this, "Use after close", ento::categories::UnixAPI};
  const ento::BugType twice_{this, "Closed twice", ento::categories::UnixAPI};
};

}  // namespace

void register_descriptors(ento::CheckerRegistry& registry) {
  registry.addChecker([](ento::CheckerManager& manager) { manager.registerChecker<Descriptors>(); },
                      [](const ento::CheckerManager&) { return true; },
                      llvm::StringRef(kDescriptors.data(), kDescriptors.size()), "Descriptors are closed once", "",
                      /*IsHidden=*/false);
}

}  // namespace proofmark::analyze
