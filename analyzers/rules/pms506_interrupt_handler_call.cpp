// SPDX-License-Identifier: Apache-2.0
//
// PMS506: an interrupt handler that waits, locks, allocates or prints stops the interrupted code for as long, or for ever when
// that code holds the lock. Handlers are known by their attribute, by where they are registered, and by name: the
// policy's parameter "handlers" adds patterns for a project's own.
#include "engine/expressions.h"
#include "engine/name_pattern.h"
#include "engine/signal_handlers.h"
#include "report/policy.h"
#include "rules/firmware_rules.h"

namespace proofmark::analyze {
namespace {

// CMSIS names. "*" stands for any text.
constexpr std::string_view kHandlers[] = {
    "*_IRQHandler",       "NMI_Handler", "HardFault_Handler", "MemManage_Handler", "BusFault_Handler",
    "UsageFault_Handler", "SVC_Handler", "DebugMon_Handler",  "PendSV_Handler",    "SysTick_Handler"};

// Of the C library, Linux, FreeRTOS, Zephyr, CMSIS-RTOS and the HAL of STM32.
constexpr std::string_view kBlocking[] = {"printf",
                                          "fprintf",
                                          "vprintf",
                                          "vfprintf",
                                          "dprintf",
                                          "puts",
                                          "fputs",
                                          "putchar",
                                          "fwrite",
                                          "fread",
                                          "fopen",
                                          "fclose",
                                          "fflush",
                                          "syslog",
                                          "malloc",
                                          "calloc",
                                          "realloc",
                                          "free",
                                          "strdup",
                                          "sleep",
                                          "usleep",
                                          "nanosleep",
                                          "select",
                                          "poll",
                                          "pthread_mutex_lock",
                                          "pthread_cond_wait",
                                          "sem_wait",
                                          "mutex_lock",
                                          "down",
                                          "msleep",
                                          "ssleep",
                                          "schedule",
                                          "vmalloc",
                                          "vfree",
                                          "copy_from_user",
                                          "copy_to_user",
                                          "pvPortMalloc",
                                          "vPortFree",
                                          "vTaskDelay",
                                          "vTaskDelayUntil",
                                          "xTaskDelayUntil",
                                          "xQueueGenericSend",
                                          "xQueueSend",
                                          "xQueueReceive",
                                          "xQueuePeek",
                                          "xQueueSemaphoreTake",
                                          "xSemaphoreTake",
                                          "xSemaphoreGive",
                                          "xEventGroupWaitBits",
                                          "xEventGroupSetBits",
                                          "k_sleep",
                                          "k_msleep",
                                          "k_mutex_lock",
                                          "osDelay",
                                          "osMutexAcquire",
                                          "osMutexWait",
                                          "HAL_Delay",
                                          "HAL_UART_Receive",
                                          "HAL_I2C_Mem_Read",
                                          "HAL_I2C_Master_Receive"};

struct Registration {
  std::string_view function;
  unsigned handler;  // argument
};
constexpr Registration kRegistrations[] = {{"request_irq", 1},          {"request_threaded_irq", 1},
                                           {"devm_request_irq", 2},     {"devm_request_threaded_irq", 2},
                                           {"irq_connect_dynamic", 2},  {"esp_intr_alloc", 2},
                                           {"gpio_isr_handler_add", 1}, {"irq_set_exclusive_handler", 1}};

bool has_interrupt_attribute(const clang::FunctionDecl& function) {
  return function.hasAttr<clang::AnyX86InterruptAttr>() || function.hasAttr<clang::ARMInterruptAttr>() ||
         function.hasAttr<clang::RISCVInterruptAttr>() || function.hasAttr<clang::MipsInterruptAttr>() ||
         function.hasAttr<clang::AVRInterruptAttr>() || function.hasAttr<clang::AVRSignalAttr>() ||
         function.hasAttr<clang::MSP430InterruptAttr>() || function.hasAttr<clang::M68kInterruptAttr>();
}

void on_code(const CodeFacts& code, SourceContext& context) {
  const nlohmann::json& more = context.policy().parameter("PMS506", "handlers");
  HandlerReach reach;
  for (const CallFact& fact : code.calls) {
    if (fact.caller != nullptr && fact.caller->getIdentifier() != nullptr) {
      const llvm::StringRef name = fact.caller->getName();
      if (has_interrupt_attribute(*fact.caller) || is_named_like({name.data(), name.size()}, kHandlers, more))
        reach.emplace(fact.caller->getCanonicalDecl(), fact.caller->getCanonicalDecl());
    }
    for (const Registration& known : kRegistrations)
      if (known.function == fact.name)
        if (const auto* handler = named_function(argument(*fact.call, known.handler))) reach.emplace(handler, handler);
  }
  add_callees(code, reach);
  for (const CallFact& fact : code.calls) {
    if (fact.caller == nullptr || !is_one_of(fact.name, kBlocking) || !is_library_call(*fact.callee, context)) continue;
    const auto found = reach.find(fact.caller->getCanonicalDecl());
    if (found == reach.end()) continue;
    context.report(kPms506InterruptHandlerCall, fact.call->getBeginLoc(),
                   std::string(fact.name) + " waits, locks or allocates in interrupt handler '" +
                       found->second->getNameAsString() + "'",
                   "note what happened, and let a task do the work; an RTOS has functions for that use (...FromISR)");
  }
}

}  // namespace

constinit const SourceRule kPms506InterruptHandlerCall = {
    .info = {"PMS506", "interrupt-handler-call", "An interrupt handler neither waits nor allocates nor prints.",
             report::Level::kMust, 662},
    .on_code = on_code};

}  // namespace proofmark::analyze
