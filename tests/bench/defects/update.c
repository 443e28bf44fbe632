// SPDX-License-Identifier: Apache-2.0
//
// A firmware update: image header, sections, checks, slots and what is left when one of the steps fails.
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct section {
  uint32_t offset;
  uint32_t size;
};
struct image {
  uint8_t* bytes;
  size_t size;
  struct section* sections;
  unsigned count;
};

// sample: image_load
int image_load(struct image* image, const char* path) {
  int result = -1;
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -errno;
  image->bytes = malloc(4096);
  if (image->bytes == NULL) goto out;
  const ssize_t got = read(file, image->bytes, 4096);
  if (got < 16) {
    free(image->bytes);
#ifdef SOUND
    image->bytes = NULL;
#endif
    goto out;
  }
  image->size = (size_t)got;
  result = 0;
out:
  close(file);
  return result;
}

int image_check(const char* path) {
  struct image image = {NULL, 0, NULL, 0};
  const int failed = image_load(&image, path);
  free(image.bytes);  // defect: CWE-415
  return failed;
}

// sample: image_sections
int image_sections(struct image* image) {
  const unsigned count = image->bytes[0];
  if (count == 0) return -1;
  image->sections = calloc(count, sizeof *image->sections);
#ifdef SOUND
  if (image->sections == NULL) return -ENOMEM;
#endif
  image->count = count;
  image->sections[0].offset = 16;  // defect: CWE-476
  image->sections[0].size = image->bytes[1];
  return 0;
}

// sample: section_copy, subtle
int section_copy(int file, uint8_t* out) {
  struct section section;
  uint8_t image[1024];
  if (read(file, &section, sizeof section) != (ssize_t)sizeof section) return -1;
  memset(image, 0xff, sizeof image);
  if (read(file, image, sizeof image) <= 0) return -1;
#ifdef SOUND
  if (section.offset > sizeof image || section.size > sizeof image - section.offset) return -1;
#else
  if (section.offset + section.size > sizeof image) return -1;
#endif
  memcpy(out, image + section.offset, section.size);  // defect: CWE-125
  return (int)section.size;
}

// sample: slot_write, subtle
struct slot {
  const char* name;
  uint8_t* staging;
};

static struct slot* slot_named(struct slot* slots, const char* name) {
  for (int i = 0; i < 2; i++)
    if (strcmp(slots[i].name, name) == 0) return &slots[i];
  return NULL;
}

int slot_write(struct slot slots[2], const char* name, const uint8_t* bytes, size_t size) {
  struct slot* slot = slot_named(slots, name);
  if (slot == NULL) fprintf(stderr, "no slot %s\n", name);
#ifdef SOUND
  else
    memcpy(slot->staging, bytes, size);
  return slot == NULL ? -1 : 0;
#else
  memcpy(slot->staging, bytes, size);  // defect: CWE-476
  return 0;
#endif
}

// sample: digest_file
int digest_file(FILE* file, uint32_t* digest) {
  uint8_t* block = malloc(512);
  if (block == NULL) return -1;
  size_t got = fread(block, 1, 512, file);
  *digest = 0;
  while (got > 0) {
    for (size_t i = 0; i < got; i++) *digest = *digest * 31 + block[i];
    if (ferror(file)) {
#ifdef SOUND
      free(block);
#endif
      return -1;  // defect: CWE-401
    }
    got = fread(block, 1, 512, file);
  }
  free(block);
  return 0;
}

// sample: version_of
struct version {
  unsigned major;
  unsigned minor;
  char* label;
};

struct version* version_of(const char* text) {
  struct version* version = malloc(sizeof *version);
  if (version == NULL) return NULL;
#ifdef SOUND
  version->label = NULL;
#endif
  version->major = (unsigned)strtoul(text, NULL, 10);
  const char* dot = strchr(text, '.');
  version->minor = dot == NULL ? 0 : (unsigned)strtoul(dot + 1, NULL, 10);
  const char* dash = strchr(text, '-');
  if (dash != NULL) version->label = strdup(dash + 1);
  return version;
}

unsigned major_of(const char* text) {
  struct version* version = version_of(text);
  if (version == NULL) return 0;
  const unsigned major = version->major;
  free(version->label);  // defect: CWE-457
  free(version);
  return major;
}

// sample: progress
static void progress(const struct image* image, unsigned written) {
#ifdef SOUND
  if (image->size < 100) return;
#endif
  printf("%u %%\n", written / (unsigned)(image->size / 100));  // defect: CWE-369
}

void progress_of_small(void) {
  const struct image image = {NULL, 64, NULL, 0};
  progress(&image, 64);
}
