// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: wiped receive lost gcc clang

#include <string.h>

struct Session {
  unsigned char key[32];
  int state;
};

void fetch(struct Session *session);
int receive(void);

int receive(void) {
  struct Session session;
  int state = 0;
  fetch(&session);
  if (session.state != 0) goto out;
  state = session.state;
out:
  memset(&session, 0, sizeof session);  // expect: PMS220
  return state;
}
