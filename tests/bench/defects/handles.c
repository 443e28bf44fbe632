// SPDX-License-Identifier: Apache-2.0
//
// Descriptors that a connection, a child or a log hold for a while, and what was to be read into a variable and was not.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

// sample: next_client
struct client {
  int socket;
  uint32_t address;
};

int next_client(int server, struct client* client) {
  struct sockaddr_in from;
  socklen_t size = sizeof from;
  const int one = 1;
  const int peer = accept4(server, (struct sockaddr*)&from, &size, SOCK_CLOEXEC);
  if (peer < 0) return -errno;
  if (setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) != 0) {
#ifdef SOUND
    close(peer);
#endif
    return -1;  // defect: CWE-775
  }
  client->socket = peer;
  client->address = ntohl(from.sin_addr.s_addr);
  return 0;
}

// sample: output_of
int output_of(int (*run)(int descriptor), char* out, size_t room) {
  int ends[2];
  if (pipe(ends) != 0) return -1;
  const int status = run(ends[1]);
  close(ends[1]);
  const ssize_t got = status == 0 ? read(ends[0], out, room - 1) : -1;
#ifdef SOUND
  close(ends[0]);
  if (got < 0) return -1;
#else
  if (got < 0) return -1;  // defect: CWE-775
  close(ends[0]);
#endif
  out[got] = '\0';
  return 0;
}

// sample: watch_line
static int set_up_line(int line) {
  return isatty(line) && lseek(line, 0, SEEK_CUR) < 0 ? 0 : -1;
}

int watch_line(int loop, const char* device) {
  struct epoll_event event = {.events = EPOLLIN};
  const int line = open(device, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (line < 0) return -1;
  if (set_up_line(line) != 0) {
#ifdef SOUND
    close(line);
#endif
    return -1;  // defect: CWE-775
  }
  event.data.fd = line;
  return epoll_ctl(loop, EPOLL_CTL_ADD, line, &event);
}

// sample: swap_log, subtle
static int log_descriptor = -1;

int swap_log(const char* path) {
  const int fresh = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
  if (fresh < 0) return -1;
  const int keep = dup(fresh);
#ifdef SOUND
  close(fresh);
#endif
  if (keep < 0) return -1;
  if (log_descriptor >= 0) close(log_descriptor);
  log_descriptor = keep;
  return 0;  // defect: CWE-775
}

// sample: hang_up, subtle
struct peer {
  int socket;
  int failures;
};

static void drop_peer(struct peer* peer) {
  if (peer->socket >= 0) close(peer->socket);
#ifdef SOUND
  peer->socket = -1;
#endif
}

void hang_up(struct peer* peer, const char* text) {
  if (send(peer->socket, text, strlen(text), MSG_NOSIGNAL) < 0 && ++peer->failures > 3) drop_peer(peer);
  if (peer->socket >= 0) shutdown(peer->socket, SHUT_WR);  // defect: CWE-672
}

// sample: restart_port, subtle
int restart_port(int port, int wanted) {
  int result = 0;
  if (wanted == 0) {
    result = close(port);
#ifdef SOUND
    return result;
#endif
  }
  if (wanted < 2) result |= close(port);  // defect: CWE-672
  return result;
}

// sample: take_request
struct request {
  uint16_t function;
  uint16_t address;
};

int take_request(int connection, struct request* out) {
  struct request request;
#ifdef SOUND
  if (recv(connection, &request, sizeof request, MSG_WAITALL) != (ssize_t)sizeof request) return -1;
#else
  recv(connection, &request, sizeof request, MSG_WAITALL);  // defect: CWE-252
#endif
  out->function = ntohs(request.function);
  out->address = ntohs(request.address);
  return 0;
}

// sample: owner_of
int owner_of(const char* path) {
  struct stat status;
#ifdef SOUND
  if (stat(path, &status) != 0) return -1;
#else
  stat(path, &status);  // defect: CWE-252
#endif
  return (int)status.st_uid;
}

// sample: read_offset, subtle
int read_offset(FILE* file, long* out) {
  char line[32];
  long offset;
  char unit;
  if (fgets(line, sizeof line, file) == NULL) return -1;
  const int got = sscanf(line, "%ld%c", &offset, &unit);
#ifdef SOUND
  if (got < 2) unit = 'B';
#endif
  if (got == EOF || got == 0) return -1;
  *out = unit == 'K' ? offset * 1024 : offset;  // defect: CWE-457
  return 0;
}

// sample: name_of_host
int name_of_host(char* out, size_t room) {
  char name[64];
  const int failed = gethostname(name, sizeof name);
#ifdef SOUND
  if (failed) return -1;
  name[sizeof name - 1] = '\0';
#else
  if (failed) fprintf(stderr, "no name: %s\n", strerror(errno));
#endif
  return snprintf(out, room, "%.63s", name) < (int)room ? 0 : -1;  // defect: CWE-457
}
