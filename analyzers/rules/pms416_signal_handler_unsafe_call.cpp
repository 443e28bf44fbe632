// SPDX-License-Identifier: Apache-2.0
//
// PMS416: a signal can arrive inside malloc or printf. A handler that calls them again finds their data half changed.
#include "engine/expressions.h"
#include "engine/signal_handlers.h"

namespace proofmark::analyze {
namespace {

// Functions that lock, allocate or keep state; POSIX lists those that are safe, and none of these is among them.
constexpr std::string_view kUnsafe[] = {"printf",
                                        "fprintf",
                                        "vprintf",
                                        "vfprintf",
                                        "dprintf",
                                        "vdprintf",
                                        "sprintf",
                                        "snprintf",
                                        "vsnprintf",
                                        "puts",
                                        "fputs",
                                        "putchar",
                                        "fputc",
                                        "putc",
                                        "fwrite",
                                        "fread",
                                        "fflush",
                                        "fopen",
                                        "fclose",
                                        "fgets",
                                        "malloc",
                                        "calloc",
                                        "realloc",
                                        "free",
                                        "strdup",
                                        "exit",
                                        "syslog",
                                        "vsyslog",
                                        "openlog",
                                        "closelog",
                                        "perror",
                                        "strerror",
                                        "localtime",
                                        "gmtime",
                                        "ctime",
                                        "asctime",
                                        "mktime",
                                        "getenv",
                                        "setenv",
                                        "putenv",
                                        "system",
                                        "popen",
                                        "strtok",
                                        "rand",
                                        "dlopen",
                                        "getpwnam",
                                        "getpwuid",
                                        "getaddrinfo",
                                        "gethostbyname",
                                        "pthread_mutex_lock",
                                        "pthread_mutex_unlock",
                                        "pthread_cond_signal",
                                        "pthread_cond_broadcast",
                                        "pthread_create"};

void on_code(const CodeFacts& code, SourceContext& context) {
  const HandlerReach reach = functions_in_handlers(code);
  if (reach.empty()) return;
  for (const CallFact& fact : code.calls) {
    if (fact.caller == nullptr || !is_one_of(fact.name, kUnsafe) || !is_library_call(*fact.callee, context)) continue;
    const auto found = reach.find(fact.caller->getCanonicalDecl());
    if (found == reach.end()) continue;
    context.report(kPms416SignalHandlerUnsafeCall, fact.call->getBeginLoc(),
                   std::string(fact.name) + " is not safe in signal handler '" + found->second->getNameAsString() + "'",
                   "set a volatile sig_atomic_t flag, or write to a pipe, and do the work outside the handler");
  }
}

}  // namespace

constinit const SourceRule kPms416SignalHandlerUnsafeCall = {
    .info = {"PMS416", "signal-handler-unsafe-call", "A signal handler calls only what is safe there.",
             report::Level::kShould, 479},
    .on_code = on_code};

}  // namespace proofmark::analyze
