// SPDX-License-Identifier: Apache-2.0
//
// Address literals to addrinfo, in one allocation.
#include "network/numeric_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>

typedef struct {
  struct addrinfo info;  // first: numeric_freeaddrinfo() gets a pointer to it
  union {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
  } address;
} Entry;

int numeric_getaddrinfo(const char* node, const char* service, const struct addrinfo* hints, struct addrinfo** result) {
  if (node == NULL) {
    return EAI_NONAME;
  }
  if (service != NULL) {
    return EAI_SERVICE;
  }
  Entry* entry = calloc(1, sizeof(*entry));
  if (entry == NULL) {
    return EAI_MEMORY;
  }
  if (inet_pton(AF_INET, node, &entry->address.v4.sin_addr) == 1) {
    entry->info.ai_addrlen = sizeof(entry->address.v4);
    entry->address.v4.sin_family = AF_INET;
  } else if (inet_pton(AF_INET6, node, &entry->address.v6.sin6_addr) == 1) {
    entry->info.ai_addrlen = sizeof(entry->address.v6);
    entry->address.v6.sin6_family = AF_INET6;
  } else {
    free(entry);
    return EAI_NONAME;
  }
  entry->info.ai_family = entry->address.any.sa_family;
  entry->info.ai_socktype = hints != NULL ? hints->ai_socktype : SOCK_STREAM;
  entry->info.ai_addr = &entry->address.any;
  *result = &entry->info;
  return 0;
}

void numeric_freeaddrinfo(struct addrinfo* result) {
  free(result);
}
