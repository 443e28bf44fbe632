// SPDX-License-Identifier: Apache-2.0

#include <string.h>

struct mosquitto;
struct mosquitto_message {
  int mid;
  char *topic;
  void *payload;
  int payloadlen;
};

int use(const char *text);
void on_message(struct mosquitto *client, void *user, const struct mosquitto_message *message);

void on_message(struct mosquitto *client, void *user, const struct mosquitto_message *message) {
  char text[128];
  (void)client;
  (void)user;
  memcpy(text, message->payload, (size_t)message->payloadlen);  // expect: PMS115
  use(text);
}
