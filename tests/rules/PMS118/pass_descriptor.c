// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

struct line {
  int descriptor;
  int is_open;
};
extern struct line table[64];
extern int shared;
extern int start(void *(*body)(void *), void *argument);
extern int adopt(int descriptor);

int returned(const char *name);
int stored(const char *name, struct line *line);
struct line *on_the_heap(const char *name);
int in_a_table(const char *name);
int in_a_variable(const char *name);
int watched(int loop, const char *name);
int to_a_thread(const char *name, void *(*body)(void *));
int handed_on(const char *name);
int locked(const char *name);
int standard(void);
int ends(int out[2]);
int reopened(struct line *line, const char *name);

int returned(const char *name) {
  int file = open(name, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  return file;
}

int stored(const char *name, struct line *line) {
  line->descriptor = open(name, O_RDONLY | O_CLOEXEC);
  return line->descriptor < 0;
}

struct line *on_the_heap(const char *name) {
  struct line *line = malloc(sizeof *line);
  if (line == NULL) return NULL;
  int file = open(name, O_RDONLY | O_CLOEXEC);
  *line = (struct line){.descriptor = file, .is_open = 1};
  return line;
}

int in_a_table(const char *name) {
  int file = open(name, O_RDONLY | O_CLOEXEC);
  if (file < 0 || file >= 64) {
    if (file >= 0) close(file);
    return -1;
  }
  table[file].is_open = 1;
  return 0;
}

int in_a_variable(const char *name) {
  int file = open(name, O_RDONLY | O_CLOEXEC);
  shared = file;
  return 0;
}

int watched(int loop, const char *name) {
  struct epoll_event event = {.events = EPOLLIN};
  int file = open(name, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  event.data.fd = file;
  return epoll_ctl(loop, EPOLL_CTL_ADD, file, &event);
}

int to_a_thread(const char *name, void *(*body)(void *)) {
  int file = open(name, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  return start(body, (void *)(intptr_t)file);
}

int handed_on(const char *name) {
  int file = open(name, O_RDONLY | O_CLOEXEC);
  return file < 0 ? -1 : adopt(file);
}

int locked(const char *name) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  int file = open(name, O_WRONLY | O_CLOEXEC);
  if (file < 0) return -1;
  return fcntl(file, F_SETLK, &lock);
}

int standard(void) {
  int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null < 0) return -1;
  dup2(null, 1);
  if (null > 2) close(null);
  return 0;
}

int ends(int out[2]) {
  return pipe2(out, O_CLOEXEC);
}

int reopened(struct line *line, const char *name) {
  close(line->descriptor);
  line->descriptor = open(name, O_RDONLY | O_CLOEXEC);
  return read(line->descriptor, &line->is_open, sizeof line->is_open) < 0;
}
