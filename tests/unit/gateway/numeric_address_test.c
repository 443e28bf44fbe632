// SPDX-License-Identifier: Apache-2.0
//
// Address literals, and the refusal of everything that would need a resolver.
#include "network/numeric_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "cmocka_prelude.h"

static void reads_ipv4_literal(void** state) {
  (void)state;
  const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
  struct addrinfo* result = NULL;
  assert_int_equal(numeric_getaddrinfo("192.0.2.7", NULL, &hints, &result), 0);
  assert_int_equal(result->ai_family, AF_INET);
  assert_int_equal(result->ai_socktype, SOCK_STREAM);
  assert_int_equal(result->ai_addrlen, sizeof(struct sockaddr_in));
  assert_null(result->ai_next);
  struct sockaddr_in address;
  memcpy(&address, result->ai_addr, sizeof(address));
  assert_int_equal(address.sin_family, AF_INET);
  assert_int_equal(ntohl(address.sin_addr.s_addr), 0xC0000207);
  assert_int_equal(address.sin_port, 0);
  numeric_freeaddrinfo(result);
}

static void reads_ipv6_literal(void** state) {
  (void)state;
  struct addrinfo* result = NULL;
  assert_int_equal(numeric_getaddrinfo("2001:db8::1", NULL, NULL, &result), 0);
  assert_int_equal(result->ai_family, AF_INET6);
  assert_int_equal(result->ai_addrlen, sizeof(struct sockaddr_in6));
  numeric_freeaddrinfo(result);
}

static void refuses_names_and_services(void** state) {
  (void)state;
  struct addrinfo* result = NULL;
  assert_int_equal(numeric_getaddrinfo("localhost", NULL, NULL, &result), EAI_NONAME);
  assert_int_equal(numeric_getaddrinfo("127.0.0.1.", NULL, NULL, &result), EAI_NONAME);
  assert_int_equal(numeric_getaddrinfo("", NULL, NULL, &result), EAI_NONAME);
  assert_int_equal(numeric_getaddrinfo(NULL, NULL, NULL, &result), EAI_NONAME);
  assert_int_equal(numeric_getaddrinfo("127.0.0.1", "http", NULL, &result), EAI_SERVICE);
  assert_null(result);
}

static void frees_nothing_without_harm(void** state) {
  (void)state;
  numeric_freeaddrinfo(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_ipv4_literal),
      cmocka_unit_test(reads_ipv6_literal),
      cmocka_unit_test(refuses_names_and_services),
      cmocka_unit_test(frees_nothing_without_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
