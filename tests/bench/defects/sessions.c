// SPDX-License-Identifier: Apache-2.0
//
// Sessions of a management protocol: opened, authenticated, expired, torn down on every kind of error.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct session {
  int peer;
  char* user;
  uint8_t* key;
  time_t expires;
  struct session* next;
};

static struct session* sessions;

// sample: session_open
struct session* session_open(int peer, const char* user) {
  struct session* session = calloc(1, sizeof *session);
  if (session == NULL) return NULL;
  session->peer = peer;
  session->user = strdup(user);
  if (session->user == NULL) goto failed;
  session->key = malloc(32);
  if (session->key == NULL) goto failed;
  memset(session->key, 0, 32);
  session->next = sessions;
  sessions = session;
  return session;
failed:
#ifdef SOUND
  free(session->user);
#endif
  free(session);  // defect: CWE-401
  return NULL;
}

// sample: session_expire, subtle
static void session_close(struct session* session) {
  close(session->peer);
  free(session->user);
  free(session->key);
  free(session);
}

void session_expire(time_t now) {
  struct session** link = &sessions;
  while (*link != NULL) {
    struct session* session = *link;
    if (session->expires > now) {
      link = &session->next;
      continue;
    }
#ifdef SOUND
    *link = session->next;
    session_close(session);
#else
    session_close(session);
    *link = session->next;  // defect: CWE-416
#endif
  }
}

// sample: session_user
static struct session* session_of(int peer) {
  for (struct session* session = sessions; session != NULL; session = session->next)
    if (session->peer == peer) return session;
  return NULL;
}

size_t session_user(int peer, char* out, size_t room) {
  struct session* session = session_of(peer);
#ifdef SOUND
  if (session == NULL) return 0;
#endif
  const int used = snprintf(out, room, "%s", session->user);  // defect: CWE-476
  return used < 0 ? 0 : (size_t)used;
}

// sample: session_rekey
int session_rekey(struct session* session, const uint8_t* key, size_t size) {
  uint8_t* fresh = malloc(32);
  if (fresh == NULL) return -1;
  if (size != 32) {
    free(fresh);
#ifdef SOUND
    return -1;
#endif
  } else {
    memcpy(fresh, key, 32);
  }
  free(session->key);
  session->key = fresh;
  session->key[0] |= 0x80;  // defect: CWE-416
  return 0;
}

// sample: session_rename
int session_rename(struct session* session, const char* user) {
  char* name = strdup(user);
  if (name == NULL) goto out;
  if (strchr(name, ':') != NULL) {
    free(name);
#ifdef SOUND
    name = NULL;
#endif
    goto out;
  }
  free(session->user);
  session->user = name;
  return 0;
out:
  free(name);  // defect: CWE-415
  return -1;
}

// sample: session_token, subtle
const char* session_token(const struct session* session) {
#ifdef SOUND
  static char token[40];
#else
  char token[40];
#endif
  char* at = token;
  snprintf(token, sizeof token, "%d:%s", session->peer, session->user);
  while (*at != '\0' && *at != ' ') at++;
  *at = '\0';
  char* result = token;
  return session->user == NULL ? NULL : result;  // defect: CWE-562
}

// sample: session_names, subtle
int session_names(char** names, int room) {
  int count = 0;
  for (struct session* session = sessions; session != NULL && count < room; session = session->next) {
    char* name = malloc(strlen(session->user) + 3);
    if (name == NULL) break;
    sprintf(name, "[%s]", session->user);
    if (session->key == NULL) {
#ifdef SOUND
      free(name);
#endif
      continue;  // defect: CWE-401
    }
    names[count++] = name;
  }
  return count;
}
