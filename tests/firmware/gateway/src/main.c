// SPDX-License-Identifier: Apache-2.0
//
// Entry point: arguments, checks of the configuration, then the gateway.
#include <stddef.h>

#include "config.h"
#include "gateway.h"
#include "log.h"
#include "options.h"
#include "selftest.h"
#include "signals.h"

static int run_selftest(void) {
  if (!selftest_run(&kGatewayConfig)) {
    return kExitCannotRun;
  }
  log_line(kLogInfo, "selftest: passed");
  return kExitDone;
}

int main(int argument_count, char** arguments) {
  Options options;
  if (!options_parse(&options, &kGatewayConfig, argument_count, arguments)) {
    return kExitUsage;
  }
  if (options.help) {
    options_print_help();
    return kExitDone;
  }
  if (options.selftest) {
    return run_selftest();
  }
  const char* defect = config_defect(&kGatewayConfig);
  if (defect != NULL) {
    log_line(kLogError, "configuration: %s", defect);
    return kExitCannotRun;
  }
  if (!signals_prepare()) {
    log_line(kLogError, "signals: cannot block");
    return kExitCannotRun;
  }
  return gateway_run(&kGatewayConfig, &options);
}
