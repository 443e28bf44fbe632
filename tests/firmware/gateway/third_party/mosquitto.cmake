# SPDX-License-Identifier: Apache-2.0
#
# libmosquitto from the pinned Debian source package of mosquitto: the client library without TLS, threads, SOCKS and
# SRV look-ups, so the files that hold only those are not compiled. Sets
#   GATEWAY_MOSQUITTO_SOURCES, _INCLUDES (to compile it), _PUBLIC_INCLUDES (to use it), _DEFINITIONS, _OPTIONS
set(PROOFMARK_MOSQUITTO_SOURCE "" CACHE PATH "Source tree of mosquitto 2.0.21; empty: the pinned one")
set(mosquitto_dir "${PROOFMARK_MOSQUITTO_SOURCE}")
if(NOT mosquitto_dir)
  include("${PROJECT_SOURCE_DIR}/toolchains/pinned.cmake")
  proofmark_pinned_source(mosquitto mosquitto_dir)
endif()

set(GATEWAY_MOSQUITTO_SOURCES
  actions.c callbacks.c connect.c handle_auth.c handle_connack.c handle_disconnect.c handle_ping.c handle_pubackcomp.c
  handle_publish.c handle_pubrec.c handle_pubrel.c handle_suback.c handle_unsuback.c logging_mosq.c loop.c memory_mosq.c
  messages_mosq.c misc_mosq.c mosquitto.c net_mosq.c options.c packet_datatypes.c packet_mosq.c property_mosq.c
  read_handle.c send_connect.c send_disconnect.c send_mosq.c send_publish.c send_subscribe.c send_unsubscribe.c
  strings_mosq.c time_mosq.c utf8_mosq.c util_mosq.c util_topic.c will_mosq.c)
list(TRANSFORM GATEWAY_MOSQUITTO_SOURCES PREPEND "${mosquitto_dir}/lib/")
set(GATEWAY_MOSQUITTO_PUBLIC_INCLUDES "${mosquitto_dir}/include")
set(GATEWAY_MOSQUITTO_INCLUDES
  "${mosquitto_dir}" "${mosquitto_dir}/lib" "${mosquitto_dir}/deps" ${GATEWAY_MOSQUITTO_PUBLIC_INCLUDES})
# src/network/numeric_address.h says why the resolver is replaced.
set(GATEWAY_MOSQUITTO_DEFINITIONS getaddrinfo=numeric_getaddrinfo freeaddrinfo=numeric_freeaddrinfo)
# As Debian builds it, with its assertions: they stop a corrupted list before it corrupts memory, and they tell the
# path-sensitive analysis what the lists of utlist.h guarantee.
set(GATEWAY_MOSQUITTO_OPTIONS -UNDEBUG)
