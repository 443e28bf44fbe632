// SPDX-License-Identifier: Apache-2.0
//
// Text: copied, joined, cut and formatted into arrays that are one too short or never terminated.
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct identity {
  char vendor[16];
  char model[16];
};

// sample: topic_of, subtle
enum { kTopic = 16 };

void topic_of(const struct identity* identity, char* out, size_t room) {
  char topic[kTopic];
  size_t limit = kTopic;
  strcpy(topic, "gateway/");
#ifdef SOUND
  limit -= sizeof "gateway/";
#endif
  strncat(topic, identity->vendor, limit);  // defect: CWE-121
  snprintf(out, room, "%s", topic);
}

// sample: set_vendor
size_t set_vendor(const char* text) {
  char vendor[16];
  strncpy(vendor, text, sizeof vendor);
#ifdef SOUND
  vendor[sizeof vendor - 1] = '\0';
#endif
  size_t used = strlen(vendor);  // defect: CWE-126
  while (used > 0 && vendor[used - 1] == ' ') used--;
  return used;
}

// sample: from_environment
int from_environment(char* out, size_t room) {
  char path[64];
  const char* home = getenv("GATEWAY_HOME");
  if (home == NULL) home = "/var/lib/gateway";
#ifdef SOUND
  if (strlen(home) + sizeof "/state" > sizeof path) return -1;
#endif
  strcpy(path, home);  // defect: CWE-121
  strcat(path, "/state");
  snprintf(out, room, "%s", path);
  return 0;
}

// sample: cut_suffix, subtle
void cut_suffix(char* name) {
  size_t size = strlen(name);
#ifdef SOUND
  while (size > 0 && isdigit((unsigned char)name[size - 1])) size--;
#else
  while (isdigit((unsigned char)name[size - 1])) size--;  // defect: CWE-125
#endif
  name[size] = '\0';
}

size_t cut_number(void) {
  char name[8] = "42";
  cut_suffix(name);
  return strlen(name);
}

// sample: report_error
static void report(char* out, size_t room, const char* format, ...) {
  va_list rest;
  va_start(rest, format);
  vsnprintf(out, room, format, rest);
  va_end(rest);
}

int report_error(char* out, size_t room) {
  char reason[80];
  if (fgets(reason, sizeof reason, stdin) == NULL) return -1;
#ifdef SOUND
  report(out, room, "%s (%d)", reason, 1);
#else
  report(out, room, reason, 1);  // defect: CWE-134
#endif
  return 0;
}

// sample: prompt
int prompt(unsigned attempt) {
  const char* text = getenv("GATEWAY_PROMPT");
  if (text == NULL) text = "password: ";
#ifdef SOUND
  return printf("%s%.0u", text, attempt);
#else
  return printf(text, attempt);  // defect: CWE-134
#endif
}

// sample: banner
struct banner {
  char format[64];
  unsigned width;
};

static int load_banner(int file, struct banner* banner) {
  const ssize_t got = read(file, banner->format, sizeof banner->format - 1);
  if (got < 0) return -1;
  banner->format[got] = '\0';
  banner->width = 20;
  return 0;
}

int show_banner(int file, FILE* out) {
  struct banner banner;
  if (load_banner(file, &banner) != 0) return -1;
#ifdef SOUND
  return fprintf(out, "%.*s", (int)banner.width, banner.format);
#else
  return fprintf(out, banner.format, banner.width);  // defect: CWE-134
#endif
}

// sample: upper_copy
char* upper_copy(const char* text) {
#ifdef SOUND
  char* copy = malloc(strlen(text) + 1);
#else
  char* copy = malloc(strlen(text + 1));
#endif
  if (copy == NULL) return NULL;
  size_t i = 0;
  for (; text[i] != '\0'; i++) copy[i] = (char)toupper((unsigned char)text[i]);
  copy[i] = '\0';  // defect: CWE-131
  return copy;
}

// sample: split_fields, subtle
int split_fields(char* line, char* fields[4]) {
  int count = 0;
  char* rest = line;
  for (char* field = strsep(&rest, ","); field != NULL; field = strsep(&rest, ",")) {
#ifdef SOUND
    if (count == 4) return -1;
#endif
    fields[count++] = field;  // defect: CWE-121
  }
  return count;
}

int seconds_of(char* line) {
  char* fields[4] = {NULL, NULL, NULL, NULL};
  if (split_fields(line, fields) < 1) return -1;
  return atoi(fields[0]);
}
