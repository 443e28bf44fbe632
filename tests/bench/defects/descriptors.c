// SPDX-License-Identifier: Apache-2.0
//
// Descriptors and streams: opened on one path, forgotten, closed twice or used after closing on another.
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

// sample: file_size
long file_size(const char* path) {
  struct stat status;
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -errno;
  if (fstat(file, &status) != 0) {
    const int error = errno;
#ifdef SOUND
    close(file);
#endif
    return -error;  // defect: CWE-775
  }
  close(file);
  return (long)status.st_size;
}

// sample: listen_on
int listen_on(const struct sockaddr* address, socklen_t size) {
  const int one = 1;
  const int sock = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (sock < 0) return -1;
  if (setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0) goto failed;
  if (bind(sock, address, size) != 0) goto failed;
#ifdef SOUND
  if (listen(sock, 4) != 0) goto failed;
#else
  if (listen(sock, 4) != 0) return -1;  // defect: CWE-775
#endif
  return sock;
failed:
  close(sock);
  return -1;
}

// sample: first_line
int first_line(const char* path, char* out, int room) {
  FILE* file = fopen(path, "r");
#ifdef SOUND
  if (file == NULL) return -1;
#endif
  const int found = fgets(out, room, file) != NULL;  // defect: CWE-476
  if (found) out[strcspn(out, "\n")] = '\0';
  if (file != NULL) fclose(file);
  return found ? 0 : -1;
}

// sample: append_record, subtle
static int write_record(FILE* file, const char* text) {
  if (fputs(text, file) >= 0) return 0;
#ifndef SOUND
  fclose(file);
#endif
  return -1;
}

int append_record(const char* path, const char* text) {
  FILE* file = fopen(path, "a");
  if (file == NULL) return -1;
  const int failed = write_record(file, text);
  if (fclose(file) != 0) return -1;  // defect: CWE-672
  return failed;
}

// sample: copy_bytes
int copy_bytes(const char* from, const char* to) {
  char block[256];
  size_t got;
  int result = -1;
  FILE* source = fopen(from, "rb");
  if (source == NULL) return -1;
  FILE* target = fopen(to, "wb");
#ifdef SOUND
  if (target == NULL) goto close_source;
#else
  if (target == NULL) return -1;  // defect: CWE-775
#endif
  while ((got = fread(block, 1, sizeof block, source)) > 0)
    if (fwrite(block, 1, got, target) != got) goto close_both;
  result = 0;
close_both:
  if (fclose(target) != 0) result = -1;
#ifdef SOUND
close_source:
#endif
  fclose(source);
  return result;
}

// sample: send_status
int send_status(const char* device, uint8_t status) {
  const int line = open(device, O_WRONLY | O_CLOEXEC);
  if (line < 0) return -1;
  if (status == 0xff) {
    close(line);
#ifdef SOUND
    return 0;
#endif
  }
  const ssize_t sent = write(line, &status, 1);  // defect: CWE-672
  if (status != 0xff) close(line);
  return sent == 1 ? 0 : -1;
}

// sample: pair_of_pipes
int pair_of_pipes(int to[2], int from[2]) {
  if (pipe(to) != 0) return -1;
  if (pipe(from) != 0) {
#ifdef SOUND
    close(to[0]);
    close(to[1]);
#endif
    return -1;  // defect: CWE-775
  }
  return 0;
}

// sample: log_line, subtle
struct log {
  FILE* file;
  unsigned lines;
};

static void log_rotate(struct log* log) {
  if (log->lines < 1000) return;
  fclose(log->file);
#ifdef SOUND
  log->file = NULL;
#endif
  log->lines = 0;
}

void log_line(struct log* log, const char* text) {
  if (log->file == NULL) return;
  log_rotate(log);
#ifdef SOUND
  if (log->file == NULL) return;
#endif
  fprintf(log->file, "%s\n", text);  // defect: CWE-672
  log->lines++;
}
