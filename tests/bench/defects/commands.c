// SPDX-License-Identifier: Apache-2.0
//
// Requests of a web interface that end in a program being started.
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct request {
  char interface[32];
  char address[48];
  int up;
};

// sample: set_address
static int read_field(FILE* input, char* out, int room) {
  if (fgets(out, room, input) == NULL) return -1;
  out[strcspn(out, "\n")] = '\0';
  return 0;
}

static int plain(const char* text) {
  for (; *text != '\0'; text++)
    if (!isalnum((unsigned char)*text) && *text != '.') return 0;
  return 1;
}

int set_address(FILE* input) {
  struct request request;
  char command[128];
  memset(&request, 0, sizeof request);
  if (read_field(input, request.interface, sizeof request.interface) != 0) return -1;
  if (read_field(input, request.address, sizeof request.address) != 0) return -1;
#ifdef SOUND
  if (!plain(request.interface) || !plain(request.address)) return -1;
  (void)command;
  return execl("/sbin/ifconfig", "ifconfig", request.interface, request.address, (char*)NULL);
#else
  if (!plain(request.interface)) return -1;
  snprintf(command, sizeof command, "ifconfig %s %s", request.interface, request.address);
  return system(command);  // defect: CWE-78
#endif
}

// sample: time_zone
int time_zone(void) {
  const char* zone = getenv("QUERY_STRING");
  if (zone == NULL) return -1;
#ifdef SOUND
  static const char* const kZones[] = {"UTC", "CET", "EET"};
  for (unsigned i = 0; i < sizeof kZones / sizeof kZones[0]; i++)
    if (strcmp(zone, kZones[i]) == 0) return execl("/sbin/set-zone", "set-zone", kZones[i], (char*)NULL);
  return -1;
#else
  char command[96];
  strcpy(command, "/sbin/set-zone ");
  strncat(command, zone, sizeof command - strlen(command) - 1);
  FILE* output = popen(command, "r");  // defect: CWE-78
  return output == NULL ? -1 : pclose(output);
#endif
}

// sample: run_plugin, subtle
int run_plugin(FILE* list) {
  char line[96];
  int started = 0;
  while (fgets(line, sizeof line, list) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == '\0' || line[0] == '#') continue;
#ifdef SOUND
    char* const arguments[] = {"/usr/lib/gateway/plugin", line, NULL};
#else
    char* const arguments[] = {"/bin/sh", "-c", line, NULL};
#endif
    const pid_t child = fork();
    if (child < 0) return -1;
    if (child == 0) {
      execv(arguments[0], arguments);  // defect: CWE-78
      _exit(127);
    }
    if (waitpid(child, NULL, 0) == child) started++;
  }
  return started;
}

// sample: hex_parameter, subtle
static int digit_of(char c) {
  static const int8_t kValues[] = {10, 11, 12, 13, 14, 15};
  if (c >= '0' && c <= '9') return c - '0';
#ifdef SOUND
  if (c >= 'a' && c <= 'f') return kValues[c - 'a'];
#else
  if (c >= 'a') return kValues[c - 'a'];  // defect: CWE-125
#endif
  return -1;
}

int hex_parameter(const char* text) {
  int value = 0;
  for (int i = 0; i < 4 && text[i] != '\0'; i++) {
    const int digit = digit_of(text[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

int last_letter(void) {
  return hex_parameter("00gx");
}

// sample: decode_percent, subtle
size_t decode_percent(const char* text, size_t size, char* out) {
  size_t used = 0;
  for (size_t i = 0; i < size; i++) {
    if (text[i] != '%') {
      out[used++] = text[i];
      continue;
    }
#ifdef SOUND
    if (size - i < 3) break;
#endif
    const char pair[3] = {text[i + 1], text[i + 2], '\0'};  // defect: CWE-125
    out[used++] = (char)strtol(pair, NULL, 16);
    i += 2;
  }
  return used;
}

size_t decode_tail(char out[4]) {
  static const char kTail[3] = {'a', 'b', '%'};
  return decode_percent(kTail, sizeof kTail, out);
}

// sample: content
char* content(FILE* input, size_t* size) {
  char line[64];
  if (fgets(line, sizeof line, input) == NULL) return NULL;
  const long wanted = strtol(line, NULL, 10);
#ifdef SOUND
  if (wanted < 0 || wanted > 1 << 20) return NULL;
#else
  if (wanted < 0) return NULL;
#endif
  *size = (size_t)wanted;
  char* body = malloc(*size + 1);  // defect: CWE-789
  if (body == NULL) return NULL;
  *size = fread(body, 1, *size, input);
  body[*size] = '\0';
  return body;
}
