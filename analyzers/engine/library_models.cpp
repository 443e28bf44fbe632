// SPDX-License-Identifier: Apache-2.0
//
// The corrections; see library_models.h.
#include "engine/library_models.h"

#include "engine/clang_headers.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <clang/StaticAnalyzer/Core/Checker.h>
#include <clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h>
#include <clang/StaticAnalyzer/Core/PathSensitive/CheckerContext.h>
#include <clang/StaticAnalyzer/Frontend/CheckerRegistry.h>
#pragma clang diagnostic pop

namespace proofmark::analyze {
namespace {

namespace ento = clang::ento;

bool returns_first_argument(const ento::CallEvent& call) {
  const auto* function = llvm::dyn_cast_or_null<clang::FunctionDecl>(call.getDecl());
  if (function == nullptr || function->getIdentifier() == nullptr || !call.isGlobalCFunction()) return false;
  const llvm::StringRef name = function->getName();
  return name == "fgets" || name == "getcwd" || name == "mkdtemp" || name == "fgets_unlocked";
}

// The first object that a value leads to, besides the temporary that is the value.
class FirstObject : public ento::SymbolVisitor {
 public:
  bool VisitSymbol(ento::SymbolRef) override { return true; }
  bool VisitMemRegion(const ento::MemRegion* region) override {
    if (llvm::isa<ento::MemSpaceRegion>(region) || llvm::isa<ento::CompoundLiteralRegion>(region->getBaseRegion()))
      return true;
    found_ = region;
    return false;
  }
  const ento::MemRegion* found() const { return found_; }

 private:
  const ento::MemRegion* found_ = nullptr;
};

// A union of pointers by which a function may write.
bool is_writable_union(clang::QualType type) {
  const clang::RecordDecl* record = type->getAsRecordDecl();
  if (record == nullptr || !record->hasAttr<clang::TransparentUnionAttr>() || record->field_empty()) return false;
  const clang::QualType first = (*record->field_begin())->getType();
  return first->isPointerType() && !first->getPointeeType().isConstQualified();
}

class LibraryModels : public ento::Checker<ento::eval::Call, ento::check::PostCall> {
 public:
  bool evalCall(const ento::CallEvent& call, ento::CheckerContext& context) const {
    const clang::Expr* expression = call.getOriginExpr();
    if (expression == nullptr || call.getNumArgs() == 0 || !returns_first_argument(call)) return false;
    const ento::SVal buffer = call.getArgSVal(0);
    const ento::MemRegion* region = buffer.getAsRegion();
    if (region == nullptr || region->getSymbolicBase() != nullptr) return false;
    const ento::ProgramStateRef state = call.invalidateRegions(context.blockCount(), context.getState());
    const clang::LocationContext* frame = context.getLocationContext();
    context.addTransition(state->BindExpr(expression, frame, buffer));
    context.addTransition(
        state->BindExpr(expression, frame, context.getSValBuilder().makeNullWithType(expression->getType())));
    return true;
  }

  void checkPostCall(const ento::CallEvent& call, ento::CheckerContext& context) const {
    if (context.wasInlined || call.getOriginExpr() == nullptr) return;
    ento::ProgramStateRef state = context.getState();
    for (unsigned i = 0; i < call.getNumArgs() && i < call.parameters().size(); ++i) {
      if (!is_writable_union(call.parameters()[i]->getType())) continue;
      FirstObject object;
      state->scanReachableSymbols(call.getArgSVal(i), object);
      if (object.found() != nullptr)
        state = state->invalidateRegions(ento::loc::MemRegionVal(object.found()), call.getOriginExpr(),
                                         context.blockCount(), context.getLocationContext(),
                                         /*CausesPointerEscape=*/false);
    }
    if (state != context.getState()) context.addTransition(state);
  }
};

}  // namespace

void register_library_models(ento::CheckerRegistry& registry) {
  const llvm::StringRef name(kLibraryModels.data(), kLibraryModels.size());
  registry.addChecker([](ento::CheckerManager& manager) { manager.registerChecker<LibraryModels>(); },
                      [](const ento::CheckerManager&) { return true; }, name, "Corrections of the C library", "",
                      /*IsHidden=*/false);
  // Of two checkers that evaluate a call the first has it: streams that were opened on the path are unix.Stream's.
  registry.addWeakDependency(name, "unix.Stream");
}

}  // namespace proofmark::analyze
