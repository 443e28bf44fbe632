// SPDX-License-Identifier: Apache-2.0
//
// The heat meter that the gateway polls in tests: a real Modbus TCP server made with libmodbus' server interface, on a
// free port of the loopback interface, for several clients at once (the gateway and mbpoll). Two registers change with
// every request, one is writable, the others are constants that the test script knows.
//
// usage: modbus-test-server [--trickle | --port PORT]
// With --port it listens there, on every interface: the meter of a guest, which its host may ask too.
// Prints "port N" when it listens. With --trickle it answers one byte every 400 ms: slow enough to hold a client for
// many seconds, fast enough for no byte timeout to fire, which is what the gateway's watchdog is for.
#include <arpa/inet.h>
#include <errno.h>
#include <modbus.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
  kRegisterCount = 10,
  kSupplyTemperature = 0,
  kOperatingTimeLow = 7,
  kClientMax = 8,
  kReadHoldingRegisters = 3,
  kTrickleMs = 400,
};

static const uint16_t kRegisters[kRegisterCount] = {
    215,             // supply temperature 21.5 C, rises with each request
    0xFF83,          // return temperature -12.5 C
    321,             // pressure 3.21 bar
    0xB2D0, 0x5E00,  // energy 3000000000 kWh, high word first
    0x3F9D, 0xF3B6,  // flow 1.234 m3/h, IEEE 754
    0,      2,       // operating time 131072 s, low word first, counts requests
    200,             // setpoint 20.0 C
};

typedef struct {
  modbus_t* context;
  modbus_mapping_t* mapping;
  bool trickle;
  struct pollfd sockets[1 + kClientMax];  // the listener first
  nfds_t count;
} Server;

static void send_slowly(int client, const uint8_t* bytes, size_t length) {
  const struct timespec pause = {.tv_sec = 0, .tv_nsec = kTrickleMs * 1000000L};
  for (size_t i = 0; i < length; ++i) {
    if (send(client, bytes + i, 1, MSG_NOSIGNAL) != 1) {
      return;
    }
    (void)nanosleep(&pause, NULL);
  }
}

// The answer to a read of all registers, made by hand because modbus_reply() can only send at once.
static void reply_slowly(const Server* server, int client, const uint8_t* query) {
  uint8_t answer[9 + 2 * kRegisterCount] = {0};
  memcpy(answer, query, 2);  // transaction
  answer[5] = 3 + 2 * kRegisterCount;
  answer[6] = query[6];
  answer[7] = kReadHoldingRegisters;
  answer[8] = 2 * kRegisterCount;
  for (size_t i = 0; i < kRegisterCount; ++i) {
    answer[9 + 2 * i] = (uint8_t)(server->mapping->tab_registers[i] >> 8);
    answer[10 + 2 * i] = (uint8_t)server->mapping->tab_registers[i];
  }
  send_slowly(client, answer, sizeof(answer));
}

// Answers one request. False: the client has gone.
static bool serve(Server* server, int client) {
  uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
  (void)modbus_set_socket(server->context, client);
  const int length = modbus_receive(server->context, query);
  if (length < 0) {
    return false;
  }
  if (server->trickle) {
    reply_slowly(server, client, query);
    return true;
  }
  if (query[modbus_get_header_length(server->context)] == kReadHoldingRegisters) {
    ++server->mapping->tab_registers[kSupplyTemperature];
    ++server->mapping->tab_registers[kOperatingTimeLow];
  }
  return modbus_reply(server->context, query, length, server->mapping) >= 0;
}

static void accept_client(Server* server) {
  const int client = accept(server->sockets[0].fd, NULL, NULL);
  if (client < 0) {
    return;
  }
  if (server->count == 1 + kClientMax) {
    (void)close(client);
    return;
  }
  server->sockets[server->count++] = (struct pollfd){.fd = client, .events = POLLIN};
}

static void run(Server* server) {
  while (poll(server->sockets, server->count, -1) >= 0) {
    for (nfds_t i = server->count; i-- > 1;) {
      if (server->sockets[i].revents != 0 && !serve(server, server->sockets[i].fd)) {
        (void)close(server->sockets[i].fd);
        server->sockets[i] = server->sockets[--server->count];
      }
    }
    if (server->sockets[0].revents != 0) {
      accept_client(server);
    }
  }
}

// libmodbus listens on port 0 without complaint; which port that became only the socket knows.
static bool listen_anywhere(Server* server) {
  const int listener = modbus_tcp_listen(server->context, kClientMax);
  struct sockaddr_in address = {0};
  socklen_t length = sizeof(address);
  if (listener < 0 || getsockname(listener, (struct sockaddr*)&address, &length) != 0) {
    return false;
  }
  server->sockets[0] = (struct pollfd){.fd = listener, .events = POLLIN};
  server->count = 1;
  return printf("port %u\n", (unsigned)ntohs(address.sin_port)) > 0 && fflush(stdout) == 0;
}

int main(int argument_count, char** arguments) {
  static Server server;
  server.trickle = argument_count == 2 && strcmp(arguments[1], "--trickle") == 0;
  const bool everywhere = argument_count == 3 && strcmp(arguments[1], "--port") == 0;
  if (argument_count > 1 && !server.trickle && !everywhere) {
    fputs("usage: modbus-test-server [--trickle | --port PORT]\n", stderr);
    return 2;
  }
  server.context =
      everywhere ? modbus_new_tcp("0.0.0.0", (int)strtol(arguments[2], NULL, 10)) : modbus_new_tcp("127.0.0.1", 0);
  server.mapping = modbus_mapping_new(0, 0, kRegisterCount, 0);
  if (server.context == NULL || server.mapping == NULL || !listen_anywhere(&server)) {
    fprintf(stderr, "modbus-test-server: %s\n", modbus_strerror(errno));
    return 3;
  }
  memcpy(server.mapping->tab_registers, kRegisters, sizeof(kRegisters));
  run(&server);
  return 3;
}
