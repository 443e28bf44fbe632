// SPDX-License-Identifier: Apache-2.0
//
// A configuration file: lines of key and value, and the structures made of them.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
  char* key;
  char* value;
  struct entry* next;
};

// sample: entry_from_line
static char* copy_of(const char* text, size_t size) {
  char* copy = malloc(size + 1);
  if (copy == NULL) return NULL;
  memcpy(copy, text, size);
  copy[size] = '\0';
  return copy;
}

struct entry* entry_from_line(const char* line) {
  const char* equals = strchr(line, '=');
  if (equals == NULL) return NULL;
  struct entry* entry = calloc(1, sizeof *entry);
  if (entry == NULL) return NULL;
  entry->key = copy_of(line, (size_t)(equals - line));
  entry->value = copy_of(equals + 1, strlen(equals + 1));
  if (entry->key == NULL || entry->value == NULL) {
#ifdef SOUND
    free(entry->key);
    free(entry->value);
#endif
    free(entry);  // defect: CWE-401
    return NULL;
  }
  return entry;
}

// sample: value_after_key
const char* value_after_key(const char* line, const char* key) {
  const char* at = strstr(line, key);
#ifdef SOUND
  if (at == NULL) return NULL;
#endif
  const char* equals = strchr(at, '=');  // defect: CWE-476
  return equals == NULL ? NULL : equals + 1;
}

// sample: load_settings
int load_settings(const char* path, char* name, size_t room) {
  char line[128];
  FILE* file = fopen(path, "r");
  if (file == NULL) return -errno;
  while (fgets(line, sizeof line, file) != NULL) {
    if (line[0] == '#') continue;
    const char* equals = strchr(line, '=');
    if (equals == NULL) {
#ifdef SOUND
      fclose(file);
#endif
      return -EINVAL;  // defect: CWE-775
    }
    if (strncmp(line, "name=", 5) == 0) snprintf(name, room, "%s", equals + 1);
  }
  fclose(file);
  return 0;
}

// sample: free_entries
void free_entries(struct entry* first) {
#ifdef SOUND
  while (first != NULL) {
    struct entry* next = first->next;
    free(first->key);
    free(first->value);
    free(first);
    first = next;
  }
#else
  for (; first != NULL; first = first->next) {  // defect: CWE-416
    free(first->key);
    free(first->value);
    free(first);
  }
#endif
}

// sample: replace_value
int replace_value(struct entry* entry, const char* value) {
  free(entry->value);
  if (*value == '\0') {
#ifdef SOUND
    entry->value = NULL;
#endif
    return 0;
  }
  entry->value = copy_of(value, strlen(value));
  return entry->value == NULL ? -1 : 0;
}

int set_and_clear(struct entry* entry) {
  if (replace_value(entry, "") != 0) return -1;
  free(entry->value);  // defect: CWE-415
  entry->value = NULL;
  return 0;
}

// sample: timeout_of
enum { kSeconds = 1, kMinutes = 2 };

static void parse_timeout(const char* text, int unit, int* seconds) {
  switch (unit) {
    case kSeconds:
      *seconds = atoi(text);
      break;
    case kMinutes:
      *seconds = atoi(text) * 60;
      break;
#ifdef SOUND
    default:
      *seconds = 30;
      break;
#else
    default:
      break;
#endif
  }
}

int timeout_of(const struct entry* entry, int unit) {
  int seconds;
  if (entry->value == NULL) return 30;
  parse_timeout(entry->value, unit, &seconds);
  return seconds > 0 ? seconds : 1;  // defect: CWE-457
}
