// SPDX-License-Identifier: Apache-2.0

void mbedtls_ssl_conf_verify(void *configuration, int (*callback)(void *));
void configure(void *configuration, int (*callback)(void *));

void configure(void *configuration, int (*callback)(void *)) { mbedtls_ssl_conf_verify(configuration, callback); }
