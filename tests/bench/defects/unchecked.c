// SPDX-License-Identifier: Apache-2.0
//
// Calls whose failure nobody notices, and what is then read although nothing was written.
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

// sample: drop_privileges
int drop_privileges(uid_t user, gid_t group) {
  if (setgid(group) != 0) return -errno;
#ifdef SOUND
  if (setuid(user) != 0) return -errno;
#else
  setuid(user);  // defect: CWE-252
#endif
  return 0;
}

// sample: read_header
struct header {
  uint32_t magic;
  uint32_t length;
};

uint32_t read_header(FILE* file) {
  struct header header;
#ifdef SOUND
  if (fread(&header, sizeof header, 1, file) != 1) return 0;
#else
  (void)!fread(&header, sizeof header, 1, file);  // defect: CWE-252
#endif
  if (header.magic != 0x4d41524bU) return 0;
  return header.length;
}

// sample: store_counter
int store_counter(FILE* file, long place, uint32_t value) {
#ifdef SOUND
  if (fseek(file, place, SEEK_SET) != 0) return -1;
#else
  fseek(file, place, SEEK_SET);  // defect: CWE-252
#endif
  if (fwrite(&value, sizeof value, 1, file) != 1) return -1;
  return fflush(file);
}

// sample: parse_pair
int parse_pair(const char* text) {
  int low;
  int high;
#ifdef SOUND
  if (sscanf(text, "%d-%d", &low, &high) != 2) return 0;
#else
  if (sscanf(text, "%d-%d", &low, &high) < 1) return 0;
#endif
  return high - low;  // defect: CWE-457
}

// sample: replace_file
int replace_file(const char* path, const char* text) {
  char temporary[256];
  const int used = snprintf(temporary, sizeof temporary, "%s.new", path);
  if (used < 0 || (size_t)used >= sizeof temporary) return -1;
  FILE* file = fopen(temporary, "w");
  if (file == NULL) return -1;
  const int written = fputs(text, file);
  if (fclose(file) != 0 || written < 0) return -1;
#ifdef SOUND
  if (rename(temporary, path) != 0) return -1;
#else
  rename(temporary, path);  // defect: CWE-252
#endif
  return 0;
}

// sample: enlarge
int enlarge(uint8_t** buffer, size_t* room) {
  const size_t wanted = *room * 2 + 64;
#ifdef SOUND
  uint8_t* grown = realloc(*buffer, wanted);
  if (grown == NULL) return -1;
  *buffer = grown;
#else
  *buffer = realloc(*buffer, wanted);  // defect: CWE-252
#endif
  memset(*buffer + *room, 0, wanted - *room);
  *room = wanted;
  return 0;
}

// sample: working_folder
int working_folder(const char* folder) {
  char now[256];
#ifdef SOUND
  if (chdir(folder) != 0 || getcwd(now, sizeof now) == NULL) return -1;
#else
  if (chdir(folder) != 0) return -1;
  char* result = getcwd(now, sizeof now);
  if (result != NULL) errno = 0;
#endif
  return (int)strlen(now);  // defect: CWE-457
}

// sample: measure
static int convert(const char* text, double* value) {
  char* end = NULL;
  const double number = strtod(text, &end);
  if (end == text) return -1;
  *value = number;
  return 0;
}

double measure(const char* text, double gain) {
  double value;
  const int failed = convert(text, &value);
#ifdef SOUND
  if (failed) return 0;
#else
  if (failed) errno = EINVAL;
#endif
  return value * gain;  // defect: CWE-457
}

// sample: largest, subtle
int largest(const int* values, unsigned count) {
#ifdef SOUND
  if (count == 0) return 0;
#endif
  int* best = malloc(sizeof *best);
  if (best == NULL) return 0;
  for (unsigned i = 0; i < count; i++)
    if (i == 0 || values[i] > *best) *best = values[i];
  const int result = *best;  // defect: CWE-457
  free(best);
  return result;
}
