// SPDX-License-Identifier: Apache-2.0
//
// A checker for the Clang Static Analyzer that knows what firmware takes in: sockets, TLS, Modbus, MQTT, CoAP, serial
// lines. Clang's own taint checker follows what scanf, getenv and the like gave, and sockets only when it saw the call of
// socket() on the same path. What arrives is marked here as untrusted, wherever the descriptor came from; Clang's checkers
// for indexes then see it, and this one looks at the lengths of copies and at allocations.
#pragma once

#include <string_view>

namespace clang::ento {
class CheckerRegistry;
}

namespace proofmark::analyze {

constexpr std::string_view kNetworkTaint = "proofmark.NetworkTaint";
// Its option: a project's own functions that take in untrusted data, "<function>:<argument>", with ";" between.
constexpr std::string_view kNetworkTaintSources = "Sources";

void register_network_taint(clang::ento::CheckerRegistry& registry);

}  // namespace proofmark::analyze
