// SPDX-License-Identifier: Apache-2.0
//
// getaddrinfo() for IP literals. The third-party libraries are compiled with getaddrinfo and freeaddrinfo renamed to
// these two, because glibc's own would pull the resolver and a loader of shared name service modules into a static
// program: code that the mark does not cover would run inside it.
#pragma once

#include <netdb.h>

// As getaddrinfo(3) with AI_NUMERICHOST; `service` must be NULL (EAI_SERVICE otherwise), port 0 is returned. The result
// is one entry and must be freed with numeric_freeaddrinfo().
int numeric_getaddrinfo(const char* node, const char* service, const struct addrinfo* hints, struct addrinfo** result);

// Frees what numeric_getaddrinfo() returned. NULL is allowed.
void numeric_freeaddrinfo(struct addrinfo* result);
